package main

import (
	"fmt"
	"path/filepath"
	"slices"
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

// An iptRule is a rule's matches, of which some go only with others.
type iptRule struct {
	parts []string
	proto string
	seen  []string
}

func (r *iptRule) once(what string) bool {
	if slices.Contains(r.seen, what) {
		return false
	}
	r.seen = append(r.seen, what)
	return true
}

func (r *iptRule) add(format string, args ...any) {
	r.parts = append(r.parts, fmt.Sprintf(format, args...))
}

func (i *ipt) not() string {
	if i.chance(25) {
		return "! "
	}
	return ""
}

func (i *ipt) match(r *iptRule, c restoreChain) {
	switch n := i.IntN(14); n {
	case 0, 1:
		if side := pick(i.maker, "-s", "-s", "-s", "-d"); r.once(side) {
			r.add("%s%s %s", i.not(), side, i.network(i.family))
		}
	case 2:
		in := slices.Contains([]string{"INPUT", "FORWARD", "PREROUTING"}, c.name)
		out := slices.Contains([]string{"OUTPUT", "FORWARD", "POSTROUTING"}, c.name)
		device := pick(i.maker, "eth0", "eth1", "lo", "eth+")
		if in && r.once("-i") {
			r.add("%s-i %s", i.not(), device)
		} else if out && r.once("-o") {
			r.add("%s-o %s", i.not(), device)
		}
	case 3, 4, 5, 6, 7:
		i.portMatch(r)
	case 8:
		if r.proto == "" && r.once("-p") {
			r.proto = "other"
			r.add("%s-p %s", i.not(), pick(i.maker, "tcp", "udp", "esp", map[int]string{4: "icmp", 6: "ipv6-icmp"}[i.family], "89", "sctp"))
		}
	case 9, 10:
		if r.once("state") {
			states := pick(i.maker, "NEW", "ESTABLISHED,RELATED", "INVALID", "NEW,UNTRACKED", "UNTRACKED", "NEW,ESTABLISHED")
			if i.chance(50) {
				r.add("-m conntrack %s--ctstate %s", i.not(), states)
			} else {
				r.add("-m state %s--state %s", i.not(), states)
			}
		}
	case 11:
		if i.marks && r.once("mark") {
			r.add("%s", pick(i.maker, "-m mark --mark 0x1", "-m mark ! --mark 0x1", "-m mark --mark 0x2/0x3", "-m connmark --mark 0x2", "-m connmark ! --mark 0x2"))
		}
	case 12:
		i.setMatch(r)
	case 13:
		i.extra(r)
	}
}

func (i *ipt) extra(r *iptRule) {
	four := []string{"-m addrtype --dst-type LOCAL", "-m addrtype ! --dst-type LOCAL", "-m pkttype --pkt-type unicast", "-m limit --limit 10000/sec --limit-burst 10000", "-m conntrack --ctdir ORIGINAL"}
	if i.family == 4 {
		four = append(four, "-m iprange --src-range 10.77.0.1-10.77.0.199", "-m iprange ! --src-range 10.77.0.2-10.78.0.1")
	} else {
		four = append(four, "-m iprange --src-range fd77::1-fd77::ffff")
	}
	if e := pick(i.maker, four...); r.once(strings.Fields(e)[1]) {
		r.add("%s", e)
	}
}

func (i *ipt) portMatch(r *iptRule) {
	if r.proto == "" && r.once("-p") {
		r.proto = pick(i.maker, "tcp", "tcp", "udp")
		r.add("-p %s", r.proto)
	}
	if r.proto != "tcp" && r.proto != "udp" {
		return
	}
	switch i.IntN(8) {
	case 0, 1, 2, 3:
		if r.once("ports") {
			r.add("%s%s--dport %s", pick(i.maker, "", "-m "+r.proto+" "), i.not(), i.ports(":"))
		}
	case 4, 5:
		if r.once("ports") {
			var list []string
			for range 1 + i.IntN(4) {
				list = append(list, i.ports(":"))
			}
			r.add("-m multiport %s%s %s", i.not(), pick(i.maker, "--dports", "--dports", "--dports", "--ports", "--sports"), strings.Join(list, ","))
		}
	case 6:
		if r.once("ports") {
			r.add("%s--sport %s", i.not(), i.ports(":"))
		}
	case 7:
		if r.proto == "tcp" && r.once("flags") {
			r.add("%s", pick(i.maker, "--syn", "! --syn", "--tcp-flags FIN,SYN,RST,ACK SYN", "--tcp-flags SYN,FIN SYN,FIN"))
		}
	}
}

func (i *ipt) setMatch(r *iptRule) {
	for _, s := range i.sets {
		if !i.chance(50) || !r.once("set") {
			continue
		}
		switch {
		case s.kind == "port" && (r.proto == "tcp" || r.proto == "udp"):
			r.add("-m set %s--match-set %s dst", i.not(), s.name)
		case strings.HasSuffix(s.kind, fmt.Sprint(i.family)) && strings.Contains(s.kind, ","):
			r.add("-m set %s--match-set %s src,dst", i.not(), s.name)
		case strings.HasSuffix(s.kind, fmt.Sprint(i.family)):
			r.add("-m set %s--match-set %s src", i.not(), s.name)
		}
		return
	}
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
