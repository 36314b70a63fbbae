package main

import (
	"fmt"
	"slices"
	"strings"
)

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
			r.add("-m set %s--match-set %s %s", i.not(), s.name, pick(i.maker, "dst", "dst", "src"))
		case strings.HasSuffix(s.kind, fmt.Sprint(i.family)) && strings.Contains(s.kind, ","):
			r.add("-m set %s--match-set %s %s", i.not(), s.name, pick(i.maker, "src,dst", "src,dst", "dst,dst", "src,src", "dst,src"))
		case strings.HasSuffix(s.kind, fmt.Sprint(i.family)):
			r.add("-m set %s--match-set %s %s", i.not(), s.name, pick(i.maker, "src", "src", "dst"))
		}
		return
	}
}
