package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

func (f *fwd) rule(t *text, zone bool) {
	family := pick(f.maker, 0, 4, 4, 6)
	element, verdict := f.element(&family, zone)
	attributes := ""
	if family != 0 {
		attributes = fmt.Sprintf(` family="ipv%d"`, family)
	}
	if f.chance(40) {
		attributes += fmt.Sprintf(` priority="%d"`, pick(f.maker, -100, -10, -10, -1, 1, 10, 100))
	}
	t.line("  <rule%s>", attributes)
	addressed := false
	if family != 0 && f.chance(60) {
		t.line("    <source %s%s/>", f.address(family), pick(f.maker, "", "", "", ` invert="True"`))
		addressed = true
	}
	if family != 0 && f.chance(25) && !strings.Contains(element, "service") {
		t.line("    <destination address=%q%s/>", f.local(family), pick(f.maker, "", "", ` invert="yes"`))
		addressed = true
	}
	if element == "" && !addressed {
		element = fmt.Sprintf(`<port port=%q protocol="tcp"/>`, f.ports("-"))
	}
	if element != "" {
		t.line("    %s", element)
	}
	if f.chance(20) && verdict {
		t.line(`    <log prefix="x"/>`)
	}
	if verdict {
		t.line("    %s", f.action(family))
	}
	t.line("  </rule>")
}

func (f *fwd) address(family int) string {
	for _, name := range slices.Sorted(maps.Keys(f.sets)) {
		if f.sets[name] == family && f.chance(25) {
			return fmt.Sprintf(`ipset=%q`, name)
		}
	}
	return fmt.Sprintf(`address=%q`, f.network(family))
}

func (f *fwd) local(family int) string {
	if family == 6 {
		return pick(f.maker, "fd77::1", "fd77::/64", "fd78::1")
	}
	return pick(f.maker, "10.77.0.1", "10.77.0.0/24", "10.78.0.1", "10.78.0.0/24")
}

// element is what a rule is about, and whether it has a verdict of its own.
func (f *fwd) element(family *int, zone bool) (element string, verdict bool) {
	switch n := f.IntN(20); {
	case n < 7:
		return fmt.Sprintf(`<port port=%q protocol=%q/>`, f.ports("-"), f.protocol()), true
	case n < 11:
		name := f.service()
		return fmt.Sprintf(`<service name=%q/>`, name), true
	case n < 13:
		return fmt.Sprintf(`<protocol value=%q/>`, pick(f.maker, "esp", "ospf", "tcp", "icmp", "ipv6-icmp")), true
	case n < 14:
		return fmt.Sprintf(`<source-port port=%q protocol=%q/>`, f.ports("-"), f.protocol()), true
	case n < 16:
		if *family != 0 {
			return fmt.Sprintf(`<icmp-type name=%q/>`, pick(f.maker, "echo-request", "echo-reply")), true
		}
		return fmt.Sprintf(`<icmp-type name=%q/>`, f.icmp()), true
	case n < 17:
		return `<icmp-block name="echo-request"/>`, false
	case n < 18 && zone:
		if *family == 0 {
			*family = 4
		}
		return f.forwardPort(*family), false
	}
	return "", true
}

func (f *fwd) action(family int) string {
	limit := ""
	if f.chance(10) {
		limit = `<limit value="90000000/s"/>`
	}
	switch f.IntN(7) {
	case 0, 1, 2:
		return "<accept>" + limit + "</accept>"
	case 3, 4:
		return "<drop>" + limit + "</drop>"
	case 5:
		if family != 0 {
			// not tcp-reset: nft lists it without the family
			kinds := map[int][]string{4: {"icmp-port-unreachable", "icmp-host-prohibited"}, 6: {"icmp6-port-unreachable", "icmp6-adm-prohibited"}}
			return fmt.Sprintf("<reject type=%q/>", pick(f.maker, kinds[family]...))
		}
	}
	return "<reject/>"
}
