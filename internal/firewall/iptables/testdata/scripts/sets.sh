#!/bin/sh
ipset create bad hash:net -exist
ipset add bad 203.0.113.0/24
ipset add bad 203.0.113.77 nomatch
for a in 10.0.0.1 10.0.0.2; do ipset -! add bad $a; done
iptables -A INPUT -m set --match-set bad src -j DROP
iptables -A INPUT -p tcp --dport 22 -m recent --name ssh --set
iptables -A INPUT -p tcp --dport 22 -m recent --name ssh --update --seconds 60 --hitcount 4 -j DROP
