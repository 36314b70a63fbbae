package main

import (
	"fmt"
	"strings"
)

func (n *nft) mark(r *nftRule) {
	n.marks = true
	r.add("%s", pick(n.maker, "meta mark set 1", "meta mark set 2", "meta mark set 3", "ct mark set 2", "ct mark set meta mark", "meta mark set ct mark", "meta mark set meta mark | 2", "meta mark set mark & 0x1", "meta mark set tcp dport map { 22 : 1, 80 : 2 }"))
	if strings.Contains(r.parts[len(r.parts)-1], "tcp dport") && (r.l4 == "udp" || r.l4 == "other" || r.l4 == "th") {
		r.parts[len(r.parts)-1] = "meta mark set 1"
	}
}

// vmap ends the rule with a verdict map, where one fits.
func (n *nft) vmap(r *nftRule) bool {
	if r.l4 == "other" || r.l4 == "th" {
		return false
	}
	for _, v := range n.table.vmaps {
		switch {
		case v.kind == "port" && n.chance(60):
			if r.l4 == "" {
				r.l4 = pick(n.maker, "tcp", "udp")
			}
			r.add("%s dport vmap @%s", r.l4, v.name)
			return true
		case v.kind != "port" && (r.family == 0 || v.kind == fmt.Sprintf("addr%d", r.family)):
			r.add("%s saddr vmap @%s", map[string]string{"addr4": "ip", "addr6": "ip6"}[v.kind], v.name)
			return true
		}
	}
	var rows []string
	if n.chance(30) {
		r.add("ct state vmap { established : accept, invalid : %s, new : %s }", n.verdict(), n.verdict())
		return true
	}
	for _, p := range n.disjointPorts() {
		rows = append(rows, p+" : "+n.verdict())
	}
	if n.chance(30) {
		rows = append(rows, "* : "+n.verdict())
	}
	if r.l4 == "" {
		r.l4 = pick(n.maker, "tcp", "udp")
	}
	r.add("%s dport vmap { %s }", r.l4, strings.Join(rows, ", "))
	return true
}

func (n *nft) reject(r *nftRule, c nftChain) {
	if c.hook == "" || c.hook == "prerouting" && c.priority < -150 {
		r.add("drop")
		return
	}
	kinds := []string{"reject"}
	// nft lists "meta nfproto ipv6 reject with tcp reset" without the family
	if r.l4 == "tcp" || r.l4 == "" && r.family == 0 {
		kinds = append(kinds, "reject with tcp reset")
	}
	switch {
	case r.family == 4:
		kinds = append(kinds, "reject with icmp host-unreachable")
	case r.family == 6:
		kinds = append(kinds, "reject with icmpv6 addr-unreachable")
	case n.table.family == "inet":
		kinds = append(kinds, "reject with icmpx admin-prohibited")
	}
	r.add("%s", pick(n.maker, kinds...))
}

// translate ends a rule of a nat chain.
func (n *nft) translate(r *nftRule, c nftChain) {
	if n.chance(15) {
		r.add("%s", pick(n.maker, "accept", "return", "accept", "drop"))
		return
	}
	if c.hook == "input" {
		r.add("accept")
		return
	}
	family := r.family
	if family == 0 {
		family = pick(n.maker, 4, 6)
		r.add("meta nfproto ipv%d", family)
	}
	if c.hook == "postrouting" {
		r.add("masquerade")
		return
	}
	if r.l4 != "tcp" && r.l4 != "udp" {
		if r.l4 != "" {
			r.add("accept")
			return
		}
		r.l4 = pick(n.maker, "tcp", "udp")
		r.add("%s dport %s", r.l4, n.ports("-"))
	}
	port := n.port()
	if n.chance(60) || c.hook == "output" {
		r.add("redirect to :%d", port)
		return
	}
	prefix := ""
	if n.table.family == "inet" {
		prefix = map[int]string{4: " ip", 6: " ip6"}[family]
	}
	to := map[int]string{4: pick(n.maker, "10.78.0.2", "10.77.0.1", "10.78.0.1"), 6: pick(n.maker, "fd78::2", "fd77::1")}[family]
	switch {
	case n.chance(40):
		r.add("dnat%s to %s", prefix, to)
	case family == 6:
		r.add("dnat%s to [%s]:%d", prefix, to, port)
	default:
		r.add("dnat%s to %s:%d", prefix, to, port)
	}
}
