package iptables

import (
	"net/netip"
	"slices"
	"strconv"
	"strings"

	"sallyport/internal/firewall"
)

// rejections are --reject-with's words with what the sender sees; a beginning is enough, and each has a short name.
var rejections = map[int][][3]string{
	4: {
		{"icmp-net-unreachable", "net-unreach", "icmp net-unreachable"},
		{"icmp-host-unreachable", "host-unreach", "icmp host-unreachable"},
		{"icmp-proto-unreachable", "proto-unreach", "icmp prot-unreachable"},
		{"icmp-port-unreachable", "port-unreach", "icmp port-unreachable"},
		{"icmp-net-prohibited", "net-prohib", "icmp net-prohibited"},
		{"icmp-host-prohibited", "host-prohib", "icmp host-prohibited"},
		{"tcp-reset", "tcp-rst", "tcp reset"},
		{"icmp-admin-prohibited", "admin-prohib", "icmp admin-prohibited"},
	},
	6: {
		{"icmp6-no-route", "no-route", "icmpv6 no-route"},
		{"icmp6-adm-prohibited", "adm-prohibited", "icmpv6 admin-prohibited"},
		{"icmp6-addr-unreachable", "addr-unreach", "icmpv6 addr-unreachable"},
		{"icmp6-port-unreachable", "port-unreach", "icmpv6 port-unreachable"},
		{"tcp-reset", "tcp-reset", "tcp reset"},
		{"icmp6-policy-fail", "policy-fail", "icmpv6 policy-fail"},
		{"icmp6-reject-route", "reject-route", "icmpv6 reject-route"},
	},
}

func (p *parser) reject(text string) (string, bool) {
	lower := strings.ToLower(text)
	for _, r := range rejections[p.family] {
		if lower != "" && (strings.HasPrefix(r[0], lower) || strings.HasPrefix(r[1], lower)) {
			return r[2], true
		}
	}
	return "", false
}

// translation reads what --to-destination and --to-source say: [ADDRESS[-ADDRESS]][:PORT[-PORT]].
func (p *parser) translation(text string) (firewall.TranslateCase, string) {
	var c firewall.TranslateCase
	hosts, ports := text, ""
	switch {
	case p.family == 6 && strings.HasPrefix(text, "["):
		end := strings.IndexByte(text, ']')
		if end < 0 || end+1 < len(text) && text[end+1] != ':' {
			return c, "the address in " + strconv.Quote(clip(text)) + " does not end with ]"
		}
		hosts, ports = text[1:end], text[end+1:]
	case p.family == 4 || strings.HasPrefix(text, ":") && !strings.HasPrefix(text, "::"):
		if i := strings.IndexByte(text, ':'); i >= 0 {
			hosts, ports = text[:i], text[i:]
		}
	}
	if ports != "" {
		set, problem := p.ports(ports[1:])
		if problem != "" {
			return c, problem
		}
		c.Ports = set
	}
	if hosts == "" {
		if ports == "" {
			return c, "a translation wants an address or a port"
		}
		return c, ""
	}
	first, last, isRange := strings.Cut(hosts, "-")
	if !isRange {
		last = first
	}
	if !p.translationAddress(first) || !p.translationAddress(last) {
		return c, strconv.Quote(clip(hosts)) + " is no address of this family"
	}
	c.Addresses = firewall.NewSet(firewall.Range{First: firewall.Address(netip.MustParseAddr(first)), Last: firewall.Address(netip.MustParseAddr(last))})
	return c, ""
}

// ports reads PORT[-PORT][/BASE], which wants a protocol with ports.
func (p *parser) ports(text string) (firewall.Set, string) {
	if r := p.cmd.rule; !slices.Contains([]int{6, 17, 132, 33, 1, 58}, r.protocol) {
		return nil, "a translation of ports wants -p with TCP, UDP, SCTP or DCCP"
	}
	span, _, _ := strings.Cut(text, "/")
	first, last, isRange := strings.Cut(span, "-")
	if !isRange {
		last = first
	}
	a, ok := port(first, "")
	b, also := port(last, "")
	switch {
	case !ok || !also:
		return nil, strconv.Quote(clip(text)) + " is no port"
	case a > b:
		return nil, "the range of ports " + clip(text) + " ends before it begins"
	}
	return firewall.Set{{First: firewall.Number(a), Last: firewall.Number(b)}}, ""
}
