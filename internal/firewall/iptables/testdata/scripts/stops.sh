#!/bin/sh -e
iptables -A INPUT -p tcp --dport 1 -j ACCEPT
iptables -A INPUT -p tcp --dport nosuch -j ACCEPT || true
iptables -A INPUT -p tcp --dport 2 -j ACCEPT
iptables -A INPUT -p tcp --dport nosuch -j ACCEPT
iptables -A INPUT -p tcp --dport 3 -j ACCEPT
