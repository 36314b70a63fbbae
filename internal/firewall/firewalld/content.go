package firewalld

import (
	"slices"
	"strings"

	"sallyport/internal/fact"
	"sallyport/internal/firewall"
)

// address is the condition that the source, or the destination, is an address, a network or in an ipset.
func (b *builder) address(text string, n *node, destination, invert bool) ([]firewall.Step, *fact.Error) {
	field := pick(destination, firewall.Source, firewall.Destination)
	if name, ok := strings.CutPrefix(text, "ipset:"); ok {
		return b.inSet(name, n, destination, invert)
	}
	if isMAC(text) {
		return []firewall.Step{when(firewall.Unknown{Why: "MAC address " + text, At: n.at})}, nil
	}
	p, ok := parsePrefix(text)
	if !ok {
		return nil, refuse(n.at, "%s is no address", text)
	}
	in := firewall.Expr(firewall.Is{Field: field, Set: firewall.NewSet(firewall.Prefix(p.Prefix))})
	if invert {
		in = firewall.Not{Expr: in}
	}
	return []firewall.Step{when(familyIs(p.family()), in)}, nil
}

func (b *builder) inSet(name string, n *node, destination, invert bool) ([]firewall.Step, *fact.Error) {
	s := b.c.ipsets[name]
	if s == nil {
		return nil, refuse(n.at, "there is no ipset %s", name)
	}
	if n.name == "source" && !slices.Contains(sourceTypes, strings.Join(s.parts, ",")) {
		return nil, refuse(n.at, "an ipset of type hash:%s cannot be a source", strings.Join(s.parts, ","))
	}
	key := matchKey{name, destination}
	m, ok := b.matches[key]
	if !ok {
		m = s.match(destination)
		b.matches[key] = m
	}
	family := []firewall.Step{when(familyIs(s.family))}
	if s.parts[0] == "mac" {
		family = nil
	}
	if m.runtime != "" {
		return append(family, firewall.Limit{Holds: invert, What: m.runtime}), nil
	}
	expr := m.expr
	if invert {
		expr = firewall.Not{Expr: expr}
	}
	return append(family, when(expr)), nil
}

// sourceFamily is the family of a zone's source; 0 for MAC addresses.
func (c *config) sourceFamily(text string) int {
	if name, ok := strings.CutPrefix(text, "ipset:"); ok {
		if s := c.ipsets[name]; s != nil && s.parts[0] != "mac" {
			return s.family
		}
		return 0
	}
	if p, ok := parsePrefix(text); ok {
		return p.family()
	}
	return 0
}

func (p portItem) expr(f firewall.Field) firewall.Expr {
	return firewall.All{protocolIs(p.protocol), firewall.Is{Field: f, Set: firewall.NewSet(p.ports)}}
}

// zone makes the rules of a zone.
func (b *builder) zone(z *object) *fact.Error {
	if err := b.content(z, input, postrouting, prerouting); err != nil {
		return err
	}
	return b.intraZone(z)
}

// intraZone lets packets from one interface of a zone out by another of the same zone.
func (b *builder) intraZone(z *object) *fact.Error {
	if z.forward == nil {
		return nil
	}
	chain := forward.of(z) + "_allow"
	if len(z.interfaces) > 0 || z.unboundInterfaces {
		if err := b.put(chain, z.forward, when(b.members(z, firewall.OutInterface)), accept()); err != nil {
			return err
		}
	}
	for _, s := range z.sources {
		steps, err := b.address(s.value, s.at, true, false)
		if err != nil {
			return err
		}
		if err := b.put(chain, z.forward, append(steps, accept())...); err != nil {
			return err
		}
	}
	return nil
}

// policy makes the rules of a policy.
func (b *builder) policy(p *object) *fact.Error {
	for _, h := range b.policyHooks(p) {
		b.sections(h, p)
		if err := b.dispatchPolicy(h, p); err != nil {
			return err
		}
	}
	filter, translate := forward, prerouting
	switch {
	case has(p.egress, "HOST"):
		filter = input
	case has(p.ingress, "HOST"):
		filter, translate = output, natOutput
	}
	return b.content(p, filter, postrouting, translate)
}

// content makes the rules that a zone or policy names, in firewalld's order.
func (b *builder) content(o *object, filter, source, translate hook) *fact.Error {
	allow := filter.of(o) + "_allow"
	for _, i := range o.services {
		if err := b.services(allow, i); err != nil {
			return err
		}
	}
	for _, p := range o.ports {
		if err := b.put(allow, p.at, when(p.expr(firewall.Port)), accept()); err != nil {
			return err
		}
	}
	if o.masquerade != nil {
		if err := b.put(source.of(o)+"_allow", o.masquerade, when(familyIs(4)), masquerade()[0], masquerade()[1]); err != nil {
			return err
		}
	}
	for _, f := range o.forwardPorts {
		family := 4
		if f.to.Is6() {
			family = 6
		}
		if err := b.put(translate.of(o)+"_allow", f.at, when(familyIs(family)), when(f.expr(firewall.Port)), f.translate()); err != nil {
			return err
		}
	}
	for _, p := range o.sourcePorts {
		if err := b.put(allow, p.at, when(p.expr(firewall.SourcePort)), accept()); err != nil {
			return err
		}
	}
	if err := b.icmpBlocks(o, filter); err != nil {
		return err
	}
	for _, r := range o.rules {
		if err := b.rich(r, o, filter, source, translate); err != nil {
			return err
		}
	}
	for _, i := range o.protocols {
		number, _ := protocolNumber(i.value)
		if err := b.put(allow, i.at, when(protocolIs(number)), accept()); err != nil {
			return err
		}
	}
	for _, i := range o.ignored {
		rule, err := b.add(filter.of(o)+"_deny", i.at.whole, i.at.source, []firewall.Step{when(firewall.Any{})})
		if err != nil {
			return err
		}
		rule.Comment = "firewalld leaves this rule out: " + i.why
	}
	return nil
}

func masquerade() []firewall.Step {
	return []firewall.Step{
		when(firewall.Not{Expr: loopback(firewall.OutInterface)}),
		firewall.Translate{Cases: []firewall.TranslateCase{{When: firewall.All{}, To: firewall.SourceNAT}}},
	}
}

func (f forwardPort) translate() firewall.Step {
	t := firewall.TranslateCase{When: firewall.All{}, To: firewall.Redirect, Ports: f.toPorts}
	if f.to.IsValid() {
		t.To, t.Addresses = firewall.DestinationNAT, firewall.NewSet(firewall.One(firewall.Address(f.to)))
	}
	return firewall.Translate{Cases: []firewall.TranslateCase{t}}
}

// icmpBlocks rejects messages by name; where the zone inverts that, it accepts them.
func (b *builder) icmpBlocks(o *object, filter hook) *fact.Error {
	chain, step := filter.of(o)+"_deny", reject(prohibited)
	if o.inversion != nil {
		chain, step = filter.of(o)+"_allow", accept()
	}
	for _, i := range o.icmpBlocks {
		for _, family := range b.c.icmptypes[i.value].families() {
			m, ok := message(i.value, family)
			if !ok {
				return refuse(i.at.at, "the kernel has no name for the ICMP type %s of IPv%d", i.value, family)
			}
			if err := b.put(chain, i.at, when(m), step); err != nil {
				return err
			}
		}
	}
	return nil
}

// services accepts what a service and those that it includes listen to.
func (b *builder) services(chain string, i item) *fact.Error {
	all, err := b.c.expand(i)
	if err != nil {
		return err
	}
	for _, s := range all {
		for _, to := range s.destinations(4, 6) {
			for _, what := range s.matches() {
				if err := b.put(chain, i.at, append(to, when(what), accept())...); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// destinations are the conditions on the address that a service is for, one by one; a service without any has one that always holds.
func (s *service) destinations(families ...int) [][]firewall.Step {
	if s.to4 == nil && s.to6 == nil {
		return [][]firewall.Step{nil}
	}
	var all [][]firewall.Step
	for _, family := range families {
		n, attribute := s.to4, "ipv4"
		if family == 6 {
			n, attribute = s.to6, "ipv6"
		}
		if n == nil {
			continue
		}
		p, _ := parsePrefix(n.attr(attribute))
		to := firewall.Is{Field: firewall.Destination, Set: firewall.NewSet(firewall.Prefix(p.Prefix))}
		all = append(all, []firewall.Step{when(familyIs(family), to)})
	}
	return all
}

// matches are what a service listens to.
func (s *service) matches() []firewall.Expr {
	var all []firewall.Expr
	for _, p := range s.ports {
		all = append(all, p.expr(firewall.Port))
	}
	for _, i := range s.protocols {
		number, _ := protocolNumber(i.value)
		all = append(all, protocolIs(number))
	}
	for _, p := range s.sources {
		all = append(all, p.expr(firewall.SourcePort))
	}
	return all
}
