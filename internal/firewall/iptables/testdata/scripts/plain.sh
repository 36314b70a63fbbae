#!/bin/sh
# a plain one
iptables -F
iptables -X
iptables -P INPUT DROP
iptables -P FORWARD DROP
iptables -A INPUT -i lo -j ACCEPT
iptables -A INPUT -m state --state ESTABLISHED,RELATED -j ACCEPT
iptables -A INPUT -p tcp --dport ssh -j ACCEPT   # ssh
/sbin/iptables -w -A INPUT -p tcp -m multiport --dports 80,443 -j ACCEPT
iptables -w 5 -I INPUT 2 -s 203.0.113.0/24 -j DROP
iptables -A INPUT -j LOG --log-prefix "dropped: -j ACCEPT "
iptables -A INPUT -p tcp --dport nosuch -j ACCEPT
iptables -A INPUT -p icmp --icmp-type echo-request -m limit --limit 1/s -j ACCEPT
ip6tables -P INPUT DROP
ip6tables -A INPUT -p ipv6-icmp -j ACCEPT
