package iptables

import (
	"strconv"
	"strings"

	"sallyport/internal/firewall"
)

// port reads a number or the name of a service.
func port(text, protocol string) (uint16, bool) {
	if n, ok := number(text, 65535); ok {
		return uint16(n), true
	}
	return firewall.Service(text, protocol)
}

func portRange(text, protocol, bad string) (string, string) {
	if protocol == "any" { // dccp asks for the name of a service whatever protocol has it
		protocol = ""
	}
	first, last, isRange := strings.Cut(text, ":")
	if !isRange {
		last = first
	}
	a, ok := port(first, protocol)
	if first == "" && isRange {
		a, ok = 0, true
	}
	b, also := port(last, protocol)
	if last == "" && isRange {
		b, also = 65535, true
	}
	switch {
	case !ok || !also:
		return "", bad + ": it is no port and no service"
	case a > b:
		return "", "the range of ports " + clip(text) + " ends before it begins"
	}
	return strconv.Itoa(int(a)) + ":" + strconv.Itoa(int(b)), ""
}

// wrapped reads ports as UDP's match and conntrack's do, which cut numbers to 16 bits and take ranges that are empty.
func wrapped(text, bad string) (string, string) {
	parts := strings.SplitN(text, ":", 2)
	for i, part := range parts {
		n, ok := number(part, 1<<32-1)
		if service, known := firewall.Service(part, ""); !ok && known {
			n, ok = uint64(service), true
		}
		if part == "" {
			n, ok = uint64(i)*65535, true
		}
		if !ok {
			return "", bad + ": it is no port and no service"
		}
		parts[i] = strconv.Itoa(int(uint16(n)))
	}
	return parts[0] + ":" + parts[len(parts)-1], ""
}

// portList reads multiport's list: 15 ports at most, a range counts twice.
func (p *parser) portList(text string) (string, string) {
	proto := map[int]string{17: "udp", 132: "sctp", 33: "dccp"}[p.cmd.rule.protocol]
	if proto == "" {
		proto = "tcp"
	}
	var all []string
	count := 0
	for _, one := range strings.Split(text, ",") {
		one = strings.TrimLeft(one, " ")
		first, last, isRange := strings.Cut(one, ":")
		if !isRange {
			last = first
		} else {
			count++
		}
		a, ok := port(first, proto)
		b, also := port(last, proto)
		if !ok || !also {
			return "", strconv.Quote(clip(one)) + " is no port and no service"
		}
		if isRange && a >= b {
			return "", "the range of ports " + clip(one) + " ends before it begins"
		}
		if count++; count > 15 {
			return "", "multiport takes 15 ports at most, and a range counts as two"
		}
		all = append(all, strconv.Itoa(int(a))+":"+strconv.Itoa(int(b)))
	}
	return strings.Join(all, ","), ""
}
