package main

import (
	"fmt"
	"path/filepath"
	"strings"
)

// An ipt is a file for iptables-restore while it is made up.
type ipt struct {
	*maker
	text
	family int
	sets   []nftSet // ipsets: their kind is "net" or "port"
	marks  bool
	chains []string // user chains of the table, each of which jumps to later ones only
}

func (m *maker) iptables() (string, error) {
	var sets text
	i := &ipt{maker: m}
	if m.chance(30) {
		i.makeSets(&sets)
	}
	both := pick(m, 0, 0, 0, 0, 4, 6) // a family without rules is open
	path := ""
	for _, family := range []int{6, 4} {
		if both != 0 && both != family {
			continue
		}
		i.Reset()
		i.family = family
		i.file()
		path = m.name + map[int]string{4: ".iptables", 6: ".ip6tables"}[family]
		if err := m.write(path, i.String()); err != nil {
			return "", err
		}
	}
	if sets.Len() > 0 {
		if err := m.write(m.name+".ipset", sets.String()); err != nil {
			return "", err
		}
	}
	return filepath.Join(m.dir, path), nil
}

func (i *ipt) makeSets(t *text) {
	for n := range 1 + i.IntN(3) {
		name := fmt.Sprintf("set%d", n)
		if i.chance(30) {
			t.line("create %s bitmap:port range 0-65535", name)
			for range i.IntN(4) {
				t.line("add %s %s", name, i.ports("-"))
			}
			i.sets = append(i.sets, nftSet{name, "port"})
			continue
		}
		family := pick(i.maker, 4, 4, 6)
		kind := pick(i.maker, "hash:net", "hash:net", "hash:ip", "hash:net,port")
		t.line("create %s %s family %s", name, kind, map[int]string{4: "inet", 6: "inet6"}[family])
		for _, a := range some(i.maker, 4, map[int][]string{4: networks4, 6: networks6}[family]...) {
			suffix := ""
			if kind == "hash:ip" && strings.Contains(a, "/") {
				continue
			}
			if kind == "hash:net,port" {
				suffix = fmt.Sprintf(",%s:%d", pick(i.maker, "tcp", "udp"), i.port())
			} else if kind == "hash:net" && i.chance(20) {
				suffix = " nomatch"
			}
			t.line("add %s %s%s -exist", name, a, suffix)
		}
		i.sets = append(i.sets, nftSet{name, fmt.Sprintf("%s%d", kind, family)})
	}
}

// A restoreChain is a chain that rules go into.
type restoreChain struct{ table, name string }

func (i *ipt) file() {
	for _, table := range []struct {
		name   string
		odds   int
		chains []string
	}{
		{"raw", 15, []string{"PREROUTING", "OUTPUT"}},
		{"mangle", 20, []string{"PREROUTING", "INPUT", "FORWARD", "OUTPUT", "POSTROUTING"}},
		{"nat", 20, []string{"PREROUTING", "INPUT", "OUTPUT", "POSTROUTING"}},
		{"filter", 95, []string{"INPUT", "FORWARD", "OUTPUT"}},
	} {
		if i.chance(table.odds) {
			i.table(table.name, table.chains)
		}
	}
}

func (i *ipt) table(name string, chains []string) {
	i.line("*%s", name)
	for _, c := range chains {
		policy := "ACCEPT"
		if name == "filter" {
			policy = pick(i.maker, "ACCEPT", "DROP", "DROP")
		}
		i.line(":%s %s [0:0]", c, policy)
	}
	i.chains = nil
	for n := range i.IntN(4) {
		i.chains = append(i.chains, fmt.Sprintf("c%d", n))
		i.line(":c%d - [0:0]", n)
	}
	all := i.chains
	for n := range all {
		i.chains = all[n+1:]
		for range 1 + i.IntN(4) {
			i.rule(restoreChain{name, all[n]})
		}
	}
	i.chains = all
	for _, c := range chains {
		count := i.IntN(7)
		if name != "filter" {
			count = i.IntN(3)
		}
		for range count {
			i.rule(restoreChain{name, c})
		}
	}
	if i.chance(10) {
		i.line("-P %s %s", chains[0], pick(i.maker, "ACCEPT", "DROP"))
	}
	i.line("COMMIT")
}

func (i *ipt) rule(c restoreChain) {
	r := &iptRule{}
	command := "-A " + c.name
	if i.chance(10) {
		command = "-I " + c.name
	}
	for range i.IntN(4) {
		i.match(r, c)
	}
	target := i.target(r, c)
	parts := append([]string{command}, r.parts...)
	if i.chance(10) {
		parts = append(parts, `-m comment --comment "-j ACCEPT; drop"`)
	}
	parts = append(parts, target)
	if i.chance(10) {
		parts[0] = "[3:180] " + parts[0]
	}
	i.line("%s", strings.Join(parts, " "))
}

func (i *ipt) target(r *iptRule, c restoreChain) string {
	user := strings.HasPrefix(c.name, "c")
	if len(i.chains) > 0 && i.chance(25) {
		return pick(i.maker, "-j ", "-j ", "-g ") + pick(i.maker, i.chains...)
	}
	switch {
	case c.table == "raw" && i.chance(30):
		return pick(i.maker, "-j CT --notrack", "-j NOTRACK")
	case c.table == "mangle" && i.chance(60):
		i.marks = true
		return pick(i.maker, "-j MARK --set-mark 1", "-j MARK --set-xmark 0x2/0x2", "-j CONNMARK --set-mark 2", "-j CONNMARK --save-mark", "-j CONNMARK --restore-mark", "-j MARK --or-mark 1")
	case c.table == "nat" && !user && i.chance(70):
		return i.translate(r, c)
	case c.table == "filter" && i.chance(15):
		kinds := []string{"-j REJECT"}
		if r.proto == "tcp" {
			kinds = append(kinds, "-j REJECT --reject-with tcp-reset")
		}
		return pick(i.maker, append(kinds, map[int]string{4: "-j REJECT --reject-with icmp-host-prohibited", 6: "-j REJECT --reject-with icmp6-adm-prohibited"}[i.family])...)
	}
	if c.table == "nat" {
		return pick(i.maker, "-j ACCEPT", "-j RETURN", "")
	}
	return pick(i.maker, "-j ACCEPT", "-j ACCEPT", "-j ACCEPT", "-j DROP", "-j DROP", "-j RETURN", "", `-j LOG --log-prefix "DROP "`)
}

func (i *ipt) translate(r *iptRule, c restoreChain) string {
	switch {
	case c.name == "POSTROUTING":
		return "-j MASQUERADE"
	case c.name == "INPUT" || r.proto != "tcp" && r.proto != "udp":
		return "-j ACCEPT"
	case c.name == "OUTPUT" || i.chance(60):
		return fmt.Sprintf("-j REDIRECT --to-ports %d", i.port())
	}
	to := map[int]string{4: pick(i.maker, "10.78.0.2", "10.77.0.1", "10.78.0.1"), 6: pick(i.maker, "fd78::2", "fd77::1")}[i.family]
	switch {
	case i.chance(40):
		return "-j DNAT --to-destination " + to
	case i.family == 6:
		return fmt.Sprintf("-j DNAT --to-destination [%s]:%d", to, i.port())
	}
	return fmt.Sprintf("-j DNAT --to-destination %s:%d", to, i.port())
}
