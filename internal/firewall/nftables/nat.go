package nftables

import (
	"sallyport/internal/firewall"
)

// nat is a translation.
func (c *context) nat(s *natStmt) {
	to := firewall.DestinationNAT
	hooks := []firewall.Hook{firewall.Prerouting, firewall.Output}
	switch s.verb {
	case "snat":
		to, hooks = firewall.SourceNAT, []firewall.Hook{firewall.Postrouting, firewall.Input}
	case "masquerade":
		to, hooks = firewall.SourceNAT, []firewall.Hook{firewall.Postrouting}
	case "redirect":
		to = firewall.Redirect
	}
	if f := c.table.family; f != "ip" && f != "ip6" && f != "inet" {
		refuse(s.at, "write it into a table of the family ip, ip6 or inet", "the family %s has no %s", f, s.verb)
	}
	c.need(s.at, s.verb, "nat", hooks...)
	if s.why != "" {
		c.step(firewall.Translate{Cases: []firewall.TranslateCase{{When: firewall.All{}, To: to, Why: s.why}}})
		return
	}
	family := c.natFamily(s)
	var when firewall.Expr = firewall.All{}
	if s.addr != nil && c.net == "" {
		when = firewall.Is{Field: firewall.Family, Set: firewall.Values(familyOf[family])}
	}
	types := []*datatype{}
	if s.addr != nil {
		types = append(types, datatypes[map[string]string{"ip": "ipv4_addr", "ip6": "ipv6_addr"}[family]])
	}
	c.translate(s, to, when, types)
}

// ported refuses to translate a port where the rule has not asked for a transport protocol, or for a set of them.
func (c *context) ported(port *expr) {
	if port == nil || c.transport != "" || c.several {
		return
	}
	for _, s := range c.rule.src.stmts {
		m, ok := s.(*matchStmt)
		if !ok || m.left.kind != kSelector || m.op != "" && m.op != "==" || m.right.kind == kSetRef {
			continue
		}
		if n := m.left.sel.name(); n == "meta l4proto" || n == "ip protocol" || n == "ip6 nexthdr" {
			return
		}
	}
	refuse(port.at, "match a transport protocol before, such as meta l4proto tcp", "a port is translated without a match of a transport protocol")
}

// natFamily is the family of the addresses.
func (c *context) natFamily(s *natStmt) string {
	if s.family != "" {
		if c.net != "" && c.net != s.family {
			refuse(s.at, "", "the rule is about %s and cannot translate to %s", c.net, s.family)
		}
		return s.family
	}
	if c.net == "ip" || c.net == "ip6" {
		return c.net
	}
	if s.addr != nil {
		refuse(s.at, "write "+s.verb+" ip to, or "+s.verb+" ip6 to", "the rule does not say of which family the address is")
	}
	return ""
}

func (c *context) translate(s *natStmt, to firewall.Translation, when firewall.Expr, types []*datatype) {
	port := []*datatype{datatypes["inet_service"]}
	switch {
	case s.addr != nil && s.addr.kind == kMap && s.port == nil:
		c.byMap(s, to, when, c.lookup(s.addr, c.mapTypes(s, types), ""), nil)
	case s.addr != nil && s.addr.kind == kMap && s.port.kind == kMap:
		addr := c.lookup(s.addr, types, "")
		c.ported(s.port)
		c.byMaps(to, when, addr, c.lookup(s.port, port, ""))
	case s.addr != nil && s.addr.kind == kMap:
		addr := c.lookup(s.addr, types, "")
		c.ported(s.port)
		c.byMap(s, to, when, addr, c.values(port, s.port))
	case s.port != nil && s.port.kind == kMap:
		c.ported(s.port)
		c.portByMap(to, when, c.lookup(s.port, port, ""), c.values(types, s.addr))
	default:
		tc := firewall.TranslateCase{When: when, To: to}
		addr := c.values(types, s.addr)
		c.ported(s.port)
		ports := c.values(port, s.port)
		if addr != nil && len(addr.values) > 0 {
			tc.Addresses = firewall.NewSet(addr.values[0])
			if len(addr.values) > 1 {
				tc.Ports = firewall.NewSet(addr.values[1])
			}
		}
		if ports != nil && len(ports.values) > 0 {
			tc.Ports = firewall.NewSet(ports.values[0])
		}
		tc.Why = addr.reason() + ports.reason()
		c.step(firewall.Translate{Cases: []firewall.TranslateCase{tc}})
	}
}

func (m *mapped) reason() string {
	if m == nil {
		return ""
	}
	return m.unknown
}

// mapTypes is what the map of a translation holds: addresses, or addresses and ports.
func (c *context) mapTypes(s *natStmt, types []*datatype) []*datatype {
	joined := s.joined
	if e := s.addr.b; e.kind == kSetRef {
		if set := c.table.sets[e.text]; set != nil {
			joined = len(set.data) == 2
		}
	} else if e.kind == kSet && len(e.list) > 0 && e.list[0].b != nil {
		joined = e.list[0].b.kind == kConcat
	}
	if joined {
		return append(types, datatypes["inet_service"])
	}
	return types
}

// values is a constant address or port.
func (c *context) values(types []*datatype, e *expr) *mapped {
	if e == nil {
		return nil
	}
	m := &mapped{}
	parts := flat(e, 0)
	if len(parts) == 2 {
		types = append(types, datatypes["inet_service"])
	}
	for i, part := range parts {
		if i >= len(types) {
			refuse(e.at, "", "this is no address or port")
		}
		switch part.kind {
		case kSelector, kMap, kBinary:
			m.unknown = "a translation to another part of the packet"
			if part.kind == kSelector {
				c.field(part.sel)
			}
			return m
		}
		r, why := c.one(types[i], part)
		m.values = append(m.values, r)
		m.unknown += why
	}
	return m
}

// byMap is a translation to an address, or an address and a port, from a map.
func (c *context) byMap(s *natStmt, to firewall.Translation, when firewall.Expr, ch *choice, port *mapped) {
	c.later(func() []firewall.Step {
		ch.set.finish()
		var step firewall.Translate
		for _, g := range ch.set.group() {
			tc := firewall.TranslateCase{When: all2(when, within(ch.terms, g.all)), To: to, Why: g.value.unknown}
			if len(g.value.values) > 0 {
				tc.Addresses = firewall.NewSet(g.value.values[0])
			}
			if len(g.value.values) > 1 {
				tc.Ports = firewall.NewSet(g.value.values[1])
			}
			if port != nil && len(port.values) > 0 {
				tc.Ports, tc.Why = firewall.NewSet(port.values[0]), tc.Why+port.unknown
			}
			step.Cases = append(step.Cases, tc)
		}
		return []firewall.Step{ch.merged(step, when)}
	})
}

// byMaps is a translation to an address from one map and a port from another.
func (c *context) byMaps(to firewall.Translation, when firewall.Expr, addr, port *choice) {
	c.later(func() []firewall.Step {
		addr.set.finish()
		port.set.finish()
		var step firewall.Translate
		if len(addr.set.group())*len(port.set.group()) > maxRows {
			return []firewall.Step{firewall.Translate{Cases: []firewall.TranslateCase{{When: when, To: to, Why: "a translation by two large maps"}}}}
		}
		for _, a := range addr.set.group() {
			for _, p := range port.set.group() {
				tc := firewall.TranslateCase{When: all2(when, firewall.All{within(addr.terms, a.all), within(port.terms, p.all)}), To: to, Why: a.value.unknown + p.value.unknown}
				tc.Addresses, tc.Ports = firewall.NewSet(a.value.values[:1]...), firewall.NewSet(p.value.values[:1]...)
				step.Cases = append(step.Cases, tc)
			}
		}
		return []firewall.Step{step}
	})
}

func (c *context) portByMap(to firewall.Translation, when firewall.Expr, ch *choice, addr *mapped) {
	c.later(func() []firewall.Step {
		ch.set.finish()
		var step firewall.Translate
		for _, g := range ch.set.group() {
			tc := firewall.TranslateCase{When: all2(when, within(ch.terms, g.all)), To: to, Why: g.value.unknown}
			if len(g.value.values) > 0 {
				tc.Ports = firewall.NewSet(g.value.values[0])
			}
			if addr != nil && len(addr.values) > 0 {
				tc.Addresses, tc.Why = firewall.NewSet(addr.values[0]), tc.Why+addr.unknown
			}
			step.Cases = append(step.Cases, tc)
		}
		return []firewall.Step{ch.merged(step, when)}
	})
}

// merged is one case that may go to each address and port, where chance chooses.
func (ch *choice) merged(step firewall.Translate, when firewall.Expr) firewall.Step {
	if !ch.any || len(step.Cases) == 0 {
		return step
	}
	one := firewall.TranslateCase{When: when, To: step.Cases[0].To}
	for _, tc := range step.Cases {
		one.Addresses = firewall.NewSet(append(append(firewall.Set{}, one.Addresses...), tc.Addresses...)...)
		one.Ports = firewall.NewSet(append(append(firewall.Set{}, one.Ports...), tc.Ports...)...)
		one.Why += tc.Why
	}
	return firewall.Translate{Cases: []firewall.TranslateCase{one}}
}

// all2 is both conditions, the first of which may be the one that always holds.
func all2(a, b firewall.Expr) firewall.Expr {
	if always, ok := a.(firewall.All); ok && len(always) == 0 {
		return b
	}
	return firewall.All{a, b}
}
