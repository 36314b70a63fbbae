package main

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
)

// An nft is a script for nft -f while it is made up.
type nft struct {
	*maker
	text
	table  *nftTable
	tables []*nftTable
	// defined says that the script begins with variables.
	defined bool
	marks   bool // some rule sets marks, so that asking for them means something
}

// An nftTable is what rules of a table can name.
type nftTable struct {
	family, name string
	objects      bool // it has the named counters, limits and quotas
	sets         []nftSet
	vmaps        []nftSet
	chains       []string // that may be jumped to
	bases        []nftChain
}

// An nftSet is a named set or map; kind is what its keys are: "addr4", "addr6", "port", "pair4".
type nftSet struct{ name, kind string }

// An nftChain is a base chain.
type nftChain struct {
	name, hook, kind string
	priority         int
}

func (m *maker) nft() (string, error) {
	n := &nft{maker: m}
	n.line("flush ruleset")
	if n.defined = m.chance(30); n.defined {
		n.line("define web = { 80, 443, 8000-8080 }\ndefine lan4 = 10.77.0.0/24\ndefine lan6 = fd77::/64\ndefine admin = 22")
	}
	for i := range 1 + m.IntN(3) {
		n.table = &nftTable{family: pick(m, "inet", "inet", "inet", "ip", "ip", "ip6"), name: fmt.Sprintf("t%d", i)}
		n.tables = append(n.tables, n.table)
		n.block()
	}
	if m.chance(35) {
		n.commands()
	}
	return filepath.Join(m.dir, m.name+".nft"), m.write(m.name+".nft", n.String())
}

func (n *nft) families() []int {
	switch n.table.family {
	case "ip":
		return []int{4}
	case "ip6":
		return []int{6}
	}
	return []int{4, 6}
}

func (n *nft) addressFamily() int { return pick(n.maker, n.families()...) }

func (n *nft) block() {
	n.line("table %s %s {", n.table.family, n.table.name)
	if n.chance(4) {
		n.line("\tflags dormant;")
	}
	if n.table.objects = n.chance(20); n.table.objects {
		n.line("\tcounter hits { }\n\tlimit fast { rate 1000000/second burst 1000000 packets }\n\tlimit slow { rate over 1000000/second burst 1000000 packets }")
		n.line("\tquota some { over 100000 mbytes }\n\tquota rest { until 100000 mbytes }")
	}
	for i := range n.IntN(4) {
		n.set(fmt.Sprintf("s%d", i))
	}
	for i := range n.IntN(4) {
		name := fmt.Sprintf("c%d", i)
		n.line("\tchain %s {", name)
		n.rules(nftChain{kind: "filter"}, 1+n.IntN(5))
		n.line("\t}")
		n.table.chains = append(n.table.chains, name)
	}
	if n.chance(30) && len(n.table.chains) > 0 {
		n.verdictMap()
	}
	for i := range 1 + n.IntN(4) {
		c := n.base(i)
		n.line("\tchain %s {", c.name)
		n.line("\t\ttype %s hook %s priority %s; policy %s;", c.kind, c.hook, n.priority(c), n.policy(c))
		n.rules(c, 1+n.IntN(8))
		n.line("\t}")
		n.table.bases = append(n.table.bases, c)
	}
	n.line("}")
}

func (n *nft) base(i int) nftChain {
	c := nftChain{name: fmt.Sprintf("b%d", i), kind: "filter"}
	c.hook = pick(n.maker, "input", "input", "input", "input", "output", "output", "forward", "forward", "prerouting", "prerouting", "postrouting")
	if n.chance(20) {
		c.kind = "nat"
		c.hook = pick(n.maker, "prerouting", "prerouting", "prerouting", "output", "postrouting", "input")
		c.priority = pick(n.maker, -100, -100, -110, 0, 100)
		if c.hook == "postrouting" || c.hook == "input" {
			c.priority = 100
		}
		return c
	}
	c.priority = pick(n.maker, 0, 0, 0, 0, -1, 1, 10, -10, 50, -150, 100)
	if c.hook == "prerouting" || c.hook == "output" {
		c.priority = pick(n.maker, -300, -201, -200, -199, -150, -150, -100, 0, 0, 10)
	}
	return c
}

var priorityNames = map[int]string{-300: "raw", -150: "mangle", -100: "dstnat", 0: "filter", 50: "security", 100: "srcnat"}

func (n *nft) priority(c nftChain) string {
	name := priorityNames[c.priority]
	if name == "" && c.priority > -60 && c.priority < 60 && c.hook != "" && n.chance(40) {
		return fmt.Sprintf("filter %s %d", map[bool]string{true: "+", false: "-"}[c.priority > 0], max(c.priority, -c.priority))
	}
	switch {
	case name == "" || n.chance(50), name == "dstnat" && c.hook != "prerouting", name == "srcnat" && c.hook != "postrouting":
		return fmt.Sprint(c.priority)
	}
	return name
}

func (n *nft) policy(c nftChain) string {
	if c.kind == "nat" || c.hook == "prerouting" || c.hook == "postrouting" {
		return pick(n.maker, "accept", "accept", "accept", "accept", "accept", "accept", "accept", "drop")
	}
	return pick(n.maker, "accept", "accept", "drop")
}

// disjoint are networks of which none is in another: the kernel refuses intervals that overlap.
func (n *nft) disjoint(family int) []string {
	if family == 6 {
		return some(n.maker, 4, "fd77::/64", "fd78::2", "fd78::1000-fd78::2000", "2001:db8:77::/48", "2001:db8:78::/47", "fe80::/64")
	}
	return some(n.maker, 5, "10.77.0.0/25", "10.77.0.128-10.77.0.199", "10.77.0.200", "10.78.0.0/24", "192.168.50.0/24", "203.0.113.0/26", "203.0.113.64/26", "203.0.114.0-203.0.115.17")
}

func (n *nft) disjointPorts() []string {
	return some(n.maker, 6, "22", "53", "80-81", "443", "1-20", "1000-1023", "1024-1999", "3306", "5432", "8000-8080", "8443", "20000-65535", "ldaps", "smtp")
}

// set declares a named set.
func (n *nft) set(name string) {
	kind := pick(n.maker, "addr", "addr", "port", "port", "pair", "triple")
	family := n.addressFamily()
	var types, elements string
	switch kind {
	case "addr":
		types, elements = fmt.Sprintf("ipv%d_addr", family), strings.Join(n.disjoint(family), ", ")
	case "port":
		types, elements = "inet_service", strings.Join(n.disjointPorts(), ", ")
	case "pair":
		types, elements = fmt.Sprintf("ipv%d_addr . inet_service", family), n.pairs(family)
	case "triple":
		types, elements = fmt.Sprintf("inet_proto . ipv%d_addr . inet_service", family), n.triples(family)
	}
	n.line("\tset %s {", name)
	n.line("\t\ttype %s;", types)
	n.line("\t\tflags interval;")
	if n.chance(85) {
		n.line("\t\telements = { %s }", elements)
	}
	n.line("\t}")
	if kind != "port" {
		kind += fmt.Sprint(family)
	}
	n.table.sets = append(n.table.sets, nftSet{name, kind})
}

// pairs are rows of a concatenation, which do not overlap because their addresses do not.
func (n *nft) pairs(family int) string {
	var rows []string
	for _, a := range n.disjoint(family) {
		rows = append(rows, a+" . "+n.ports("-"))
	}
	return strings.Join(rows, ", ")
}

func (n *nft) triples(family int) string {
	var rows []string
	for _, a := range n.disjoint(family) {
		rows = append(rows, pick(n.maker, "tcp", "udp")+" . "+a+" . "+n.ports("-"))
	}
	return strings.Join(rows, ", ")
}

// verdictMap declares a map from ports or addresses to verdicts.
func (n *nft) verdictMap() {
	kind, types := "port", "inet_service"
	keys := n.disjointPorts()
	if n.chance(40) {
		family := n.addressFamily()
		kind, types, keys = fmt.Sprintf("addr%d", family), fmt.Sprintf("ipv%d_addr", family), n.disjoint(family)
	}
	var rows []string
	for _, k := range keys {
		rows = append(rows, k+" : "+n.verdict())
	}
	name := fmt.Sprintf("v%d", len(n.table.vmaps))
	n.line("\tmap %s {\n\t\ttype %s : verdict;\n\t\tflags interval;\n\t\telements = { %s }\n\t}", name, types, strings.Join(rows, ", "))
	n.table.vmaps = append(n.table.vmaps, nftSet{name, kind})
}

// verdict is one that maps may have as well.
func (n *nft) verdict() string {
	if len(n.table.chains) > 0 && n.chance(35) {
		return pick(n.maker, "jump ", "jump ", "goto ") + pick(n.maker, n.table.chains...)
	}
	return pick(n.maker, "accept", "accept", "accept", "drop", "drop", "return", "continue")
}

func (n *nft) rules(c nftChain, count int) {
	for range count {
		n.line("\t\t%s", n.rule(c))
	}
}

// commands change what the tables have.
func (n *nft) commands() {
	for range 1 + n.IntN(3) {
		n.table = pick(n.maker, n.tables...)
		t := n.table
		where := t.family + " " + t.name
		base := pick(n.maker, t.bases...)
		switch n.IntN(8) {
		case 0, 1, 2:
			n.line("add rule %s %s %s", where, base.name, n.rule(base))
		case 3, 4:
			n.line("insert rule %s %s %s", where, base.name, n.rule(base))
		case 5:
			n.line("flush chain %s %s", where, base.name)
			n.line("add rule %s %s %s", where, base.name, n.rule(base))
		case 6:
			if base.kind == "filter" {
				n.line("chain %s %s { policy %s; }", where, base.name, pick(n.maker, "accept", "drop"))
			}
		case 7:
			if i := slices.IndexFunc(t.sets, func(s nftSet) bool { return s.kind == "port" }); i >= 0 {
				n.line("add element %s %s { %d }", where, t.sets[i].name, pick(n.maker, 23, 25, 123, 2049))
			}
		}
	}
}
