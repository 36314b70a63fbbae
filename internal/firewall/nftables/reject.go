package nftables

import (
	"sallyport/internal/firewall"
)

var rejectCodes = map[string]string{"icmp": "icmp_code", "icmpv6": "icmpv6_code", "icmpx": "icmpx_code"}

func (c *context) reject(s *rejectStmt) {
	with := s.with
	switch s.with {
	case "tcp reset":
		c.carry("tcp", s.at)
	case "icmp":
		c.network("ip", s.at)
	case "icmpv6":
		c.network("ip6", s.at)
	case "":
		with = map[string]string{"ip": "icmp", "ip6": "icmpv6"}[c.net]
		if with == "" {
			with = "icmpx"
		}
		with += " port-unreachable"
	}
	if s.code != nil {
		code, _ := c.constant(datatypes[rejectCodes[s.with]], s.code)
		with += " " + codeName(datatypes[rejectCodes[s.with]], code, s.code.text)
	}
	if s.with == "icmpx" && (c.table.family == "ip" || c.table.family == "ip6") {
		refuse(s.at, "write icmp or icmpv6", "icmpx is for tables of both families")
	}
	hooks := []firewall.Hook{firewall.Ingress, firewall.Prerouting, firewall.Input, firewall.Forward, firewall.Output}
	if c.table.family == "bridge" {
		hooks = []firewall.Hook{firewall.Prerouting, firewall.Input}
	}
	c.need(s.at, "reject", "", hooks...)
	c.step(firewall.Decide{Verdict: firewall.Verdict{Kind: firewall.Reject, With: with}})
}

func codeName(t *datatype, v firewall.Value, text string) string {
	for _, name := range names(t.symbols) {
		if t.symbols[name] == v.Lo {
			return name
		}
	}
	return text
}
