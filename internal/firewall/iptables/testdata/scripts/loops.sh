#!/bin/bash
PORTS="22 80 443"
iptables -A INPUT -p tcp -m multiport --dports ${PORTS// /,} -j ACCEPT
while read -r proto port; do
  [ -z "$proto" ] && continue
  iptables -A INPUT -p "$proto" --dport "$port" -j ACCEPT
done <<EOF
tcp 8080
udp 53

tcp 9000:9010
EOF
echo "10.0.0.1,10.0.0.2" | while IFS=, read a b; do iptables -A INPUT -s $a -d $b -j DROP; done
allow() {
  local proto="${1:-tcp}"
  shift
  while [ $# -gt 0 ]; do
    iptables -A INPUT -p $proto --dport $1 -j ACCEPT
    shift
  done
}
allow tcp 1 2 3
allow udp 4 5
declare -a NETS=(10.1.0.0/16 10.2.0.0/16)
NETS+=(10.3.0.0/16)
for ((n=0; n<${#NETS[@]}; n++)); do
  iptables -A INPUT -s "${NETS[$n]}" -j DROP
done
for net in "${NETS[@]:1}"; do iptables -A FORWARD -s "$net" -j DROP; done
i=0
until [ $i -ge 3 ]; do i=$((i+1)); [ $i = 2 ] && continue; iptables -A FORWARD -p tcp --dport $i -j DROP; done
for chain in INPUT FORWARD; do for p in tcp udp; do iptables -A $chain -p $p --dport 99 -j DROP; done; done
for x in 1 2 3; do [ $x = 2 ] && break; iptables -A OUTPUT -p tcp --dport 700$x -j DROP; done
MODE=strict
case $MODE in
  str*) iptables -P FORWARD DROP ;;
  *) iptables -P FORWARD ACCEPT ;;
esac
if [[ $MODE == strict && -n "$PORTS" ]]; then
  iptables -A OUTPUT -p tcp --dport 25 -j REJECT
elif [ "$MODE" = loose ]; then
  iptables -A OUTPUT -j ACCEPT
fi
RULE="-p tcp --dport 8888 -j ACCEPT"
iptables -I INPUT 1 $RULE
cmd="iptables -A OUTPUT"
$cmd -p udp --dport 123 -j ACCEPT
printf '*raw\n-A PREROUTING -p udp --dport %s -j NOTRACK\nCOMMIT\n' 53 | iptables-restore -n
iptables-restore -n <<< $'*mangle\n-A PREROUTING -p tcp -j MARK --set-mark 1\nCOMMIT'
log() { echo "$@" >&2; }
log iptables -A INPUT -j ACCEPT
