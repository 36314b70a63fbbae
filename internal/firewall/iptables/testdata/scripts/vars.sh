#!/bin/bash
IPT=/sbin/iptables
IP6T="/sbin/ip6tables"
LAN="10.77.0.0/24"
TCP_PORTS="22 80 443"
UDP_PORTS=(53 123)
$IPT -F; $IPT -t nat -F
$IPT -N SERVICES
for p in $TCP_PORTS; do
  $IPT -A SERVICES -p tcp --dport $p -j ACCEPT
done
for p in "${UDP_PORTS[@]}"; do
  ${IPT} -A SERVICES -p udp --dport "$p" -j ACCEPT
done
for ipt in $IPT $IP6T; do
  $ipt -A INPUT -m conntrack --ctstate INVALID -j DROP
  $ipt -P OUTPUT ACCEPT
done
"$IPT" -A INPUT -s "$LAN" -j SERVICES
$IPT -A INPUT -s ${LAN%/*}/16 -p tcp --dport $((8000 + 80)) -j ACCEPT
for i in {1..3}; do $IPT -A INPUT -p tcp --dport 900$i -j DROP; done
for i in $(seq 5 7); do $IPT -A INPUT -p tcp --dport 900$i -j DROP; done
for ((i=0; i<2; i++)); do $IPT -A INPUT -p udp --dport $((7000+i)) -j DROP; done
IPX=$(which iptables)
$IPX -A INPUT -j REJECT --reject-with icmp-host-prohibited
