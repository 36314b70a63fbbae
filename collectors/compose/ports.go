package compose

import (
	"net/netip"
	"strconv"
	"strings"
)

func (b *builder) ports(n *node, service int) []Port {
	all := []Port{}
	b.mark(n, "services", service, "ports")
	for i, item := range n.each() {
		all = append(all, port(item, b.vars))
		b.mark(item, "services", service, "ports", i)
	}
	return all
}

// port reads a port: [[IP:]PUBLISHED:]TARGET[/PROTOCOL], or the long form.
func port(n *node, vars variables) Port {
	get := func(n *node) string { s, _ := vars.expand(n.text()); return s }
	var p Port
	if n.kind == mapping {
		p = Port{HostIP: get(n.field("host_ip")), Published: get(n.field("published")), Target: get(n.field("target")), Protocol: get(n.field("protocol"))}
		if p.Protocol == "" {
			p.Protocol = "tcp"
		}
		p.Name = strings.TrimPrefix(p.Published+":"+p.Target+"/"+p.Protocol, ":")
	} else {
		p = shortPort(get(n))
	}
	p.HostIP = strings.Trim(p.HostIP, "[]")
	var known, same bool
	p.First, p.Last, known = span(p.Published)
	p.TargetFirst, p.TargetLast, same = span(p.Target)
	p.Known = known && same && p.TargetFirst > 0 && !strings.Contains(p.HostIP, "$")
	ip, err := netip.ParseAddr(p.HostIP)
	p.AllInterfaces = p.HostIP == "" || err == nil && ip.Unmap().IsUnspecified()
	return p
}

func shortPort(text string) Port {
	p := Port{Name: text, Protocol: "tcp"}
	rest := text
	if i := strings.LastIndexByte(text, '/'); i >= 0 && !strings.Contains(text[i:], "}") {
		rest, p.Protocol = text[:i], text[i+1:]
	}
	parts := colons(rest)
	n := len(parts)
	p.Target = parts[n-1]
	if n > 1 {
		p.Published = parts[n-2]
	}
	if n > 2 {
		p.HostIP = strings.Join(parts[:n-2], ":")
	}
	return p
}

// span are the bounds of a port or a range of ports; "" is any port.
func span(text string) (first, last int, ok bool) {
	if text == "" {
		return 0, 0, true
	}
	from, to, ranged := strings.Cut(text, "-")
	first, ok = number(from)
	if last = first; ranged && ok {
		last, ok = number(to)
	}
	if !ok || last < first {
		return 0, 0, false
	}
	return first, last, true
}

func number(text string) (int, bool) {
	n, err := strconv.ParseUint(text, 10, 16)
	return int(n), err == nil
}
