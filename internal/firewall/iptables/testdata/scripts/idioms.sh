#!/bin/bash
set -u
iptables -N LOGDROP 2>/dev/null || iptables -F LOGDROP
iptables -N LOGDROP 2>/dev/null || iptables -F LOGDROP
iptables -A LOGDROP -j DROP
iptables -C INPUT -p tcp --dport 22 -j ACCEPT 2>/dev/null || iptables -I INPUT -p tcp --dport 22 -j ACCEPT
iptables -C INPUT -p tcp --dport 22 -j ACCEPT 2>/dev/null || iptables -I INPUT -p tcp --dport 22 -j ACCEPT
iptables -D INPUT -p udp --dport 9 -j DROP 2>/dev/null
while iptables -D INPUT -p tcp --dport 22 -j ACCEPT 2>/dev/null; do :; done
if ! iptables -C INPUT -j LOGDROP 2>/dev/null; then
  iptables -A INPUT -j LOGDROP
fi
DEBUG=no
if [ "$DEBUG" = yes ]; then iptables -F; fi
[ "$DEBUG" = no ] && iptables -A FORWARD -j DROP
[[ $DEBUG == y* ]] || iptables -A OUTPUT -p tcp --dport 25 -j REJECT
iptables -X LOGDROP
iptables -E LOGDROP DROPLOG
iptables -t nat -A POSTROUTING -o eth0 -j MASQUERADE
iptables -t mangle -A PREROUTING -j MARK --set-mark 0x1
iptables -A INPUT -o eth0 -j ACCEPT
iptables -A INPUT -p tcp -j REJECT --reject-with tcp-reset && iptables -A INPUT -p udp -j ACCEPT
iptables -A NOSUCH -j DROP || iptables -A INPUT -p sctp -j ACCEPT
iptables -R INPUT 1 -p tcp --dport 2222 -j ACCEPT
iptables -D INPUT 2
true && { iptables -A INPUT -p tcp --dport 1 -j ACCEPT; iptables -A INPUT -p tcp --dport 2 -j ACCEPT; }
( iptables -A INPUT -p tcp --dport 3 -j ACCEPT )
