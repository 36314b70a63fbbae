#!/bin/sh
both() { iptables "$@"; ip6tables "$@"; }
open_port() {
  proto=$1; port=$2
  both -A INPUT -p "$proto" --dport "$port" -j ACCEPT
}
start() {
  both -P INPUT DROP
  open_port tcp 22
  open_port udp 53
}
stop() {
  both -F
  both -P INPUT ACCEPT
}
case "$1" in
  start) start ;;
  stop) stop ;;
  restart|reload) stop; start ;;
  *) echo "Usage: $0 {start|stop}"; exit 1 ;;
esac
