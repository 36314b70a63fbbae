package iptables_test

import (
	"net/netip"
	"testing"
	"testing/fstest"

	"sallyport/internal/firewall"
	"sallyport/internal/firewall/iptables"
	"sallyport/internal/firewall/kerneltest"
	"sallyport/internal/firewall/reach"
)

// TestDoubt: what depends on something unknown is unknown, and nothing else is.
func TestDoubt(t *testing.T) {
	const closed = "iptables -P INPUT DROP\n"
	for name, c := range map[string]struct{ script, tcp, unknown string }{
		"a condition":        {closed + "if [ -f /etc/x ]; then iptables -A INPUT -p tcp --dport 22 -j ACCEPT; fi\niptables -A INPUT -p tcp --dport 80 -j ACCEPT\n", "80", "22"},
		"else":               {closed + "if [ -f /etc/x ]; then iptables -A INPUT -p tcp --dport 22 -j ACCEPT; else iptables -A INPUT -p tcp --dport 23 -j ACCEPT; fi\n", "", "22-23"},
		"an address":         {closed + "iptables -A INPUT -s $(hostname -I) -p tcp --dport 22 -j ACCEPT\n", "", "22"},
		"a port":             {closed + "iptables -A INPUT -p udp --dport $PORT -j ACCEPT\niptables -A INPUT -p tcp --dport 80 -j ACCEPT\n", "80", ""},
		"a default":          {closed + "iptables -A INPUT -p tcp --dport ${PORT:-8080} -j ACCEPT\n", "8080", ""},
		"a file":             {"while read ip; do iptables -A INPUT -s $ip -p tcp --dport 1:100 -j DROP; done < /etc/banned\n", "101-65535", "1-100"},
		"a policy":           {"if grep -q x /etc/y; then iptables -P INPUT DROP; fi\niptables -A INPUT -p tcp --dport 22 -j ACCEPT\n", "22", "1-21,23-65535"},
		"a flush":            {closed + "iptables -A INPUT -p tcp --dport 22 -j ACCEPT\ncurl -f http://x || iptables -F\niptables -A INPUT -p tcp --dport 80 -j ACCEPT\n", "80", "22"},
		"saved rules":        {"iptables-restore < /etc/iptables/rules.v4\n", "", "1-65535"},
		"saved rules here":   {"iptables-restore < /etc/here.rules\n", "25", ""},
		"a variable's name":  {"$IPTABLES -P INPUT DROP\n$IPTABLES -A INPUT -p tcp --dport 22 -j ACCEPT\n", "22", ""},
		"another program":    {"$FW -A INPUT -j ACCEPT\n", "", "1-65535"},
		"a target":           {closed + "iptables -A INPUT -p tcp --dport 22 -j $T\n", "", "22"},
		"an unknown chain":   {closed + "iptables -A $C -p tcp --dport 22 -j ACCEPT\n", "", "1-65535"},
		"sourced":            {closed + ". ./lib.sh\nallow 22\n", "22", ""},
		"sourced elsewhere":  {closed + ". /usr/lib/fw.sh\niptables -A INPUT -p tcp --dport 22 -j ACCEPT\n", "22", ""},
		"a set elsewhere":    {closed + "iptables -A INPUT -p tcp --dport 22 -m set --match-set vpn src -j ACCEPT\n", "", "22"},
		"root or not":        {"[ \"$(id -u)\" = 0 ] || exit 1\n" + closed + "iptables -A INPUT -p tcp --dport 22 -j ACCEPT\n", "22", ""},
		"a function returns": {closed + "f() { [ -f /x ] && return; iptables -A INPUT -p tcp --dport 22 -j ACCEPT; }\nf\niptables -A INPUT -p tcp --dport 80 -j ACCEPT\n", "80", "22"},
	} {
		fsys := fstest.MapFS{
			"fw.sh":          {Data: []byte("#!/bin/sh\n" + c.script)},
			"lib.sh":         {Data: []byte("allow() { iptables -A INPUT -p tcp --dport $1 -j ACCEPT; }\n")},
			"etc/here.rules": {Data: []byte("*filter\n:INPUT DROP [0:0]\n-A INPUT -p tcp --dport 25 -j ACCEPT\nCOMMIT\n")},
		}
		set, err := iptables.ReadScript(fsys, "fw.sh")
		if err != nil {
			t.Error(name, err)
			continue
		}
		m, err := reach.New(set)
		if err != nil {
			t.Error(name, err)
			continue
		}
		a := m.Ask(reach.Flow{Hook: firewall.Input, In: "eth0", From: netip.MustParseAddr("10.77.0.2"), To: netip.MustParseAddr("10.77.0.1"), Protocol: 6})
		if got, unknown := kerneltest.Show(a.Accepted), kerneltest.Show(a.Unknown); got != c.tcp || unknown != c.unknown {
			t.Errorf("%s: accepted %s, want %s; unknown %s, want %s %v", name, got, c.tcp, unknown, c.unknown, set.Mistakes)
		}
	}
}
