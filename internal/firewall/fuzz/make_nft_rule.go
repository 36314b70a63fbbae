package main

import (
	"fmt"
	"strings"
)

// A rule's protocols, once a match has decided them.
type nftRule struct {
	parts  []string
	family int    // 0 is undecided
	l4     string // "", tcp, udp, th for both, other
	// compared says that the rule has a < or >: nft lists two of them as a range, which it may not be.
	compared bool
}

// rule makes one rule of a chain.
func (n *nft) rule(c nftChain) string {
	r := &nftRule{}
	if f := n.families(); len(f) == 1 {
		r.family = f[0]
	}
	for range n.IntN(4) {
		n.match(r, c)
	}
	if n.table.objects && n.chance(25) {
		r.parts = append(r.parts, pick(n.maker, `counter name "hits"`, `limit name "fast"`, `limit name "slow"`, `quota name "some"`, `quota name "rest"`))
	}
	if n.chance(15) {
		r.parts = append(r.parts, pick(n.maker, "counter", "quota over 100000 mbytes", "quota 100000 mbytes", `log prefix "tcp dport 22 accept "`, "limit rate 1000000/second burst 1000000 packets"))
	}
	switch {
	case c.kind == "nat":
		n.translate(r, c)
	case n.chance(10):
		n.mark(r)
	case c.hook != "" && (c.hook == "prerouting" || c.hook == "output") && c.priority < -200 && n.chance(25):
		r.parts = append(r.parts, "notrack")
	case n.chance(15) && n.vmap(r):
	case n.chance(15) && c.hook != "postrouting":
		n.reject(r, c)
	case n.chance(4) && c.hook != "postrouting" && c.hook != "":
		r.add("jump {\n\t\t\ttcp dport %s %s\n\t\t\tudp dport %s drop\n\t\t}", n.ports("-"), pick(n.maker, "accept", "return", "drop"), n.ports("-"))
		return strings.Join(r.parts, " ")
	default:
		r.parts = append(r.parts, n.verdict())
	}
	if n.chance(10) {
		r.parts = append(r.parts, `comment "drop; } accept"`)
	}
	return strings.Join(r.parts, " ")
}

func (r *nftRule) add(format string, args ...any) {
	r.parts = append(r.parts, fmt.Sprintf(format, args...))
}

func (n *nft) not() string {
	if n.chance(25) {
		return "!= "
	}
	return ""
}

// match adds a condition that goes with those that are there.
func (n *nft) match(r *nftRule, c nftChain) {
	switch n.IntN(16) {
	case 0, 1, 2:
		n.address(r)
	case 3, 4, 5, 6:
		n.port4(r)
	case 7:
		r.add("%s %s%s", pick(n.maker, "iifname", "oifname", "iifname"), n.not(), pick(n.maker, `"eth0"`, `"eth1"`, `"lo"`, `"eth*"`, `{ "eth0", "lo" }`))
	case 8, 9:
		r.add("ct state %s", pick(n.maker, "new", "established,related", "!= invalid", "invalid", "{ new, untracked }", "untracked", "!= new", "new,established"))
	case 10:
		n.protocol(r)
	case 11:
		if n.marks {
			r.add("%s", pick(n.maker, "meta mark 1", "meta mark != 1", "meta mark & 0x3 == 0x2", "ct mark 2", "ct mark != 2", "meta mark { 1, 3 }"))
		}
	case 12:
		if n.table.family == "inet" && r.family == 0 {
			r.family = pick(n.maker, 4, 6)
			r.add("meta nfproto ipv%d", r.family)
		}
	case 13:
		if c.hook == "output" && n.chance(50) {
			r.add("meta skuid %s", pick(n.maker, "0", "!= 0", "1000", "{ 0, 33 }"))
			return
		}
		r.add("%s", pick(n.maker, "fib daddr type local", "fib daddr type != local", "fib saddr type unicast", "meta pkttype host", "ct direction original", "ct status & dnat == dnat", "ct status dnat"))
	case 14:
		n.concatenation(r)
	case 15:
		if r.l4 == "" || r.l4 == "tcp" {
			r.l4 = "tcp"
			r.add("tcp flags %s", pick(n.maker, "syn", "& (fin | syn | rst | ack) == syn", "& (syn | ack) != syn", "!= syn", "& fin == fin"))
		}
	}
}

func (n *nft) address(r *nftRule) {
	family := r.family
	if family == 0 {
		family = n.addressFamily()
	}
	r.family = family
	var sets []string
	for _, s := range n.table.sets {
		if s.kind == fmt.Sprintf("addr%d", family) {
			sets = append(sets, "@"+s.name)
		}
	}
	value := n.network(family)
	switch {
	case n.defined && n.chance(30):
		value = fmt.Sprintf("$lan%d", family)
	case len(sets) > 0 && n.chance(40):
		value = pick(n.maker, sets...)
	case n.chance(30):
		value = "{ " + strings.Join(n.disjoint(family), ", ") + " }"
	case n.chance(10) && family == 4:
		value = pick(n.maker, "10.77.0.1-10.77.0.199", "10.77.0.2-10.78.0.1")
	case n.chance(10) && family == 4:
		r.add("ip saddr & %s == %s", "255.255.0.255", "10.77.0.2")
		return
	}
	r.add("%s %s %s%s", map[int]string{4: "ip", 6: "ip6"}[family], n.side(value), n.not(), value)
}

// side is saddr mostly.
func (n *nft) side(string) string { return pick(n.maker, "saddr", "saddr", "saddr", "daddr") }

// port4 adds a condition on ports, of TCP, UDP or both.
func (n *nft) port4(r *nftRule) {
	switch r.l4 {
	case "other":
		return
	case "":
		r.l4 = pick(n.maker, "tcp", "tcp", "udp", "th")
		if r.l4 == "th" {
			r.add("meta l4proto { tcp, udp }")
		}
	}
	if n.chance(15) { // without masks: the oracle's source ports are a function of the destination ports
		r.add("%s sport %s%s", r.l4, n.not(), n.ports("-"))
		return
	}
	r.add("%s dport %s", r.l4, n.portValue(r))
}

func (n *nft) portValue(r *nftRule) string {
	var sets []string
	for _, s := range n.table.sets {
		if s.kind == "port" {
			sets = append(sets, "@"+s.name)
		}
	}
	switch k := n.IntN(10); {
	case n.defined && n.chance(30):
		return n.not() + pick(n.maker, "$web", "$admin")
	case k < 2 && len(sets) > 0:
		return n.not() + pick(n.maker, sets...)
	case k < 4:
		return n.not() + "{ " + strings.Join(n.disjointPorts(), ", ") + " }"
	case k < 5 && !r.compared:
		r.compared = true
		return pick(n.maker, "< ", "> ", "<= ", ">= ") + fmt.Sprint(2+n.port()%30000)
	case k < 6:
		return pick(n.maker, "& 1 == 1", "& 0xff00 == 0x1f00", "& 0x3 != 0")
	case k < 7:
		return n.not() + pick(n.maker, "ssh", "http", "https", "domain", "0x1f90")
	}
	return n.not() + n.ports("-")
}

func (n *nft) protocol(r *nftRule) {
	if r.l4 != "" {
		return
	}
	switch n.IntN(6) {
	case 0:
		r.l4 = pick(n.maker, "tcp", "udp")
		r.add("meta l4proto %s", r.l4)
	case 1:
		r.l4 = "other"
		r.add("meta l4proto != %s", pick(n.maker, "tcp", "udp", "{ tcp, udp }", "esp"))
	case 2:
		r.l4 = "other"
		r.add("meta l4proto { %s }", strings.Join(some(n.maker, 3, "tcp", "esp", "ospf", "icmp", "ipv6-icmp"), ", "))
	case 3:
		if r.family != 6 && n.table.family != "ip6" {
			r.family, r.l4 = 4, "other"
			r.add("ip protocol %s%s", n.not(), pick(n.maker, "tcp", "icmp", "esp", "{ udp, icmp }", "89"))
		}
	case 4:
		if r.family != 4 && n.table.family != "ip" {
			r.family, r.l4 = 6, "other"
			r.add("ip6 nexthdr %s%s", n.not(), pick(n.maker, "tcp", "udp", "ipv6-icmp", "{ esp, udp }"))
		}
	case 5:
		r.l4 = "other"
		if r.family == 6 || r.family == 0 && n.chance(50) {
			r.family = 6
			r.add("icmpv6 type %s%s", n.not(), pick(n.maker, "echo-request", "{ nd-neighbor-solicit, nd-router-advert }", "echo-reply"))
		} else {
			r.family = 4
			r.add("icmp type %s%s", n.not(), pick(n.maker, "echo-request", "{ echo-request, destination-unreachable }", "echo-reply", "timestamp-request"))
		}
	}
}

// concatenation looks fields up together.
func (n *nft) concatenation(r *nftRule) {
	if r.l4 == "other" || r.l4 == "th" {
		return
	}
	family := r.family
	if family == 0 {
		family = n.addressFamily()
	}
	r.family = family
	address, port := map[int]string{4: "ip ", 6: "ip6 "}[family]+pick(n.maker, "saddr", "saddr", "daddr"), pick(n.maker, "dport", "dport", "sport")
	for _, s := range n.table.sets {
		if s.kind == fmt.Sprintf("triple%d", family) && r.l4 == "" && n.chance(50) {
			r.l4 = "other"
			r.add("meta l4proto . %s . th %s %s@%s", address, port, n.not(), s.name)
			return
		}
	}
	if r.l4 == "" {
		r.l4 = pick(n.maker, "tcp", "udp")
	}
	for _, s := range n.table.sets {
		if s.kind == fmt.Sprintf("pair%d", family) && n.chance(50) {
			r.add("%s . %s %s %s@%s", address, r.l4, port, n.not(), s.name)
			return
		}
	}
	r.add("%s . %s %s { %s }", address, r.l4, port, n.pairs(family))
}
