#!/bin/sh
PORT=8443
iptables-restore <<EOF
*filter
:INPUT DROP [0:0]
:FORWARD DROP [0:0]
:OUTPUT ACCEPT [0:0]
-A INPUT -p tcp --dport $PORT -j ACCEPT
-A INPUT -p tcp -m comment --comment "a b" --dport 22 -j ACCEPT
COMMIT
EOF
cat <<-'EOF' | ip6tables-restore
	*filter
	:INPUT DROP [0:0]
	-A INPUT -p tcp --dport 22 -j ACCEPT
	COMMIT
EOF
iptables -A INPUT -p udp --dport 53 -j ACCEPT
cat > /tmp/ipt-rules.$$ <<EOF
*nat
-A PREROUTING -p tcp --dport 80 -j REDIRECT --to-ports 8080
COMMIT
EOF
iptables-restore -n < /tmp/ipt-rules.$$
rm -f /tmp/ipt-rules.$$
