package firewalld

import (
	"slices"

	"sallyport/internal/fact"
	"sallyport/internal/firewall"
)

// dispatchZones sends packets to their zones: by source before by interface, and the rest to the default zone.
func (b *builder) dispatchZones(zones []*object) *fact.Error {
	for _, h := range zoneHooks {
		chain := h.chain() + "_ZONES"
		iface, destination := firewall.InInterface, false
		if h == postrouting {
			iface, destination = firewall.OutInterface, true
		}
		for _, z := range zones {
			for _, s := range z.sources {
				steps, err := b.address(s.value, s.at, destination, false)
				if err != nil {
					return err
				}
				if err := b.put(chain, s.at, append(steps, b.enter(h, z))...); err != nil {
					return err
				}
			}
		}
		b.dispatchInterfaces(h, zones, iface)
	}
	return nil
}

func (b *builder) enter(h hook, z *object) firewall.Step {
	return firewall.Decide{Verdict: firewall.Verdict{Kind: firewall.Goto, Chain: b.chains[h.of(z)]}}
}

// dispatchInterfaces puts each new interface before the ones that are there, as firewalld does, which decides between patterns.
func (b *builder) dispatchInterfaces(h hook, zones []*object, f firewall.Field) {
	chain := b.chains[h.chain()+"_ZONES"]
	var rules []*firewall.Rule
	var def *object
	for _, z := range zones {
		if z.unboundInterfaces {
			def = z
		}
		for _, i := range z.interfaces {
			r, _ := interfaces(i.value)
			steps := []firewall.Step{when(firewall.Is{Field: f, Set: firewall.NewSet(r)}), b.enter(h, z)}
			if i.value == "+" {
				steps = steps[1:]
			}
			rules = append(rules, &firewall.Rule{Steps: steps, Text: i.at.source, At: i.at.whole})
		}
	}
	if len(b.wild) > 0 {
		maybe := when(firewall.All{firewall.Is{Field: f, Set: b.wild}, b.manager()})
		rules = append(rules, &firewall.Rule{Steps: []firewall.Step{maybe, b.enter(h, def)}, Text: "interfaces of the default zone " + def.name})
	}
	slices.Reverse(rules)
	chain.Rules = append(append(chain.Rules, rules...), &firewall.Rule{
		Steps: []firewall.Step{b.enter(h, def)}, Text: "the default zone is " + def.name, At: def.at.at,
	})
}

// manager is unknown: a network manager puts an interface into the default zone by its name, which counts before a pattern.
func (b *builder) manager() firewall.Expr {
	return firewall.Unknown{Why: "whether a network manager puts the interface into the default zone"}
}

// members is the condition that an interface is one of a zone's.
func (b *builder) members(z *object, f firewall.Field) firewall.Expr {
	var ranges []firewall.Range
	for _, i := range z.interfaces {
		r, _ := interfaces(i.value)
		ranges = append(ranges, r)
	}
	named := firewall.Is{Field: f, Set: firewall.NewSet(ranges...)}
	if !z.unboundInterfaces {
		return named
	}
	all := firewall.NewSet(firewall.Range{Last: firewall.Value{Hi: ^uint64(0), Lo: ^uint64(0)}})
	rest := without(without(all, b.bound), b.wild)
	any := firewall.Any{firewall.Is{Field: f, Set: firewall.NewSet(append(ranges, rest...)...)}}
	if len(b.wild) > 0 {
		any = append(any, firewall.All{firewall.Is{Field: f, Set: b.wild}, b.manager()})
	}
	return any
}

// An end of a policy is one way to be in one of its zones: an interface or a source.
type end struct {
	steps  []firewall.Step
	family int // of the address; 0 where there is none
}

func (b *builder) ends(zones []item, f firewall.Field, destination bool) ([]end, *fact.Error) {
	var ends []end
	for _, name := range zones {
		z := b.c.zones[name.value]
		if z == nil {
			continue // ANY or HOST
		}
		if len(z.interfaces) > 0 || z.unboundInterfaces {
			ends = append(ends, end{steps: []firewall.Step{when(b.members(z, f))}})
		}
		for _, s := range z.sources {
			steps, err := b.address(s.value, s.at, destination, false)
			if err != nil {
				return nil, err
			}
			ends = append(ends, end{steps, b.c.sourceFamily(s.value)})
		}
	}
	if len(ends) == 0 {
		ends = []end{{}}
	}
	return ends, nil
}

// dispatchPolicy sends what goes between the zones of a policy to its rules.
func (b *builder) dispatchPolicy(h hook, p *object) *fact.Error {
	section := "_POLICIES_post"
	if p.priority < 0 {
		section = "_POLICIES_pre"
	}
	from, err := b.ends(p.ingress, firewall.InInterface, false)
	if err != nil {
		return err
	}
	to, err := b.ends(p.egress, firewall.OutInterface, true)
	if err != nil {
		return err
	}
	jump := firewall.Decide{Verdict: firewall.Verdict{Kind: firewall.Jump, Chain: b.chains[h.of(p)]}}
	for _, i := range from {
		for _, e := range to {
			if i.family != e.family && i.family != 0 && e.family != 0 {
				continue
			}
			rule, err := b.add(h.chain()+section, p.at.at, p.at.source, append(slices.Concat(i.steps, e.steps), jump))
			if err != nil {
				return err
			}
			b.priority[rule] = p.priority
		}
	}
	return nil
}

// policyHooks are the hooks where a policy can have rules, by what it is between.
func (b *builder) policyHooks(p *object) []hook {
	named := b.c.hasInterfaces(p.egress) || has(p.egress, b.c.defaultZone())
	switch {
	case has(p.ingress, "ANY") && has(p.egress, "HOST"):
		return []hook{input, prerouting, mangle}
	case has(p.egress, "HOST"):
		return []hook{input}
	case has(p.ingress, "HOST"):
		return []hook{output, natOutput}
	case has(p.egress, "ANY"):
		return []hook{forward, prerouting, postrouting, mangle}
	case named:
		return []hook{forward, postrouting}
	}
	return []hook{forward, postrouting, prerouting, mangle}
}
