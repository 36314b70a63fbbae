package nftables

import (
	"slices"

	"sallyport/internal/fact"
	"sallyport/internal/firewall"
)

// maxDepth is how deep the kernel lets chains be inside each other, the base chain included: NFT_JUMP_STACK_SIZE.
const maxDepth = 16

// validate refuses what the kernel refuses when all is there: chains that come back to themselves or go too deep,
// statements that do not belong at the hook, sets whose intervals overlap.
func (r *run) validate() {
	if r.listed {
		return
	}
	for _, t := range r.tables {
		for _, s := range t.setOrder {
			if bad := s.conflict(); bad != nil {
				r.refuse(bad.at, "make the intervals disjoint, or add auto-merge to the set", "the interval overlaps another of the set "+s.name)
			}
		}
	}
	for _, base := range r.bases {
		v := validation{run: r, base: base, depth: make(map[*chainState]int), open: make(map[*chainState]bool)}
		if v.deep(base, base.at) > maxDepth && !v.looped {
			r.refuse(v.deepest(base), "join some of the chains", "the chain "+base.name+" jumps more than 15 chains deep")
		}
	}
}

func (r *run) refuse(at fact.Span, hint, msg string) {
	if len(r.refused) < maxRefused {
		r.refused = append(r.refused, &fact.Error{File: at.File, Line: at.Line, Column: at.Column, Msg: msg, Hint: hint})
	}
}

type validation struct {
	run    *run
	base   *chainState
	depth  map[*chainState]int
	open   map[*chainState]bool
	looped bool
}

// deep is how many chains lie under each other from here, this one included.
func (v *validation) deep(c *chainState, at fact.Span) int {
	if v.open[c] {
		if !v.looped {
			v.run.refuse(at, "take one of the jumps out", "the chain "+c.name+" comes back to itself, by way of its jumps")
		}
		v.looped = true
		return 0
	}
	if d, known := v.depth[c]; known || v.looped {
		return d
	}
	v.open[c] = true
	most := 0
	for _, rule := range c.rules {
		for _, n := range rule.needs {
			v.check(n)
		}
		for _, to := range rule.targets() {
			most = max(most, v.deep(to.to, to.at))
		}
	}
	v.open[c] = false
	v.depth[c] = most + 1
	return most + 1
}

// deepest is the jump that is one too many.
func (v *validation) deepest(c *chainState) fact.Span {
	at := c.at
	for level := 1; level <= maxDepth; level++ {
		most := -1
		var next *chainState
		for _, rule := range c.rules {
			for _, to := range rule.targets() {
				if v.depth[to.to] > most {
					most, next, at = v.depth[to.to], to.to, to.at
				}
			}
		}
		if next == nil {
			break
		}
		c = next
	}
	return at
}

// targets are the chains that a rule leads to, by itself or by a map.
func (r *ruleState) targets() []jump {
	all := slices.Clone(r.jumps)
	for _, s := range r.sets {
		if !s.verdicts {
			continue
		}
		for _, g := range s.group() {
			if o := g.value.verdict; o.chain != nil {
				all = append(all, jump{o.chain, r.src.at})
			}
		}
	}
	return all
}

func (v *validation) check(n need) {
	b := v.base
	if n.kind != "" && b.hook.kind != n.kind {
		v.run.refuse(n.at, "put it into a chain of type nat", n.what+" stands in a chain of type "+b.hook.kind)
		return
	}
	if !slices.Contains(n.hooks, b.number) {
		v.run.refuse(n.at, "put it where the kernel takes it", n.what+" has no place at the hook "+b.hook.hook)
	}
}

// chains are the model's chains: base chains in the order of their making, and those that rules jump to.
func (r *run) chains() []*firewall.Chain {
	var all []*firewall.Chain
	var states []*chainState
	add := func(c *chainState) {
		c.out = &firewall.Chain{Table: c.table.family + " " + c.table.name, Name: c.name, Families: seen(c.table.family), At: c.at}
		if c.hook != nil {
			c.out.Hook, c.out.Priority, c.out.Devices, c.out.Dormant = c.number, c.priority, c.hook.devices, c.table.dormant
			c.out.Kind = map[string]firewall.Kind{"filter": firewall.Filter, "nat": firewall.NAT, "route": firewall.Route}[c.hook.kind]
			c.out.PolicyAt = c.policyAt
			if c.policy == "drop" {
				c.out.Policy = firewall.Verdict{Kind: firewall.Drop}
			}
			if c.out.PolicyAt.Line == 0 {
				c.out.PolicyAt = c.hook.at
			}
		}
		all, states = append(all, c.out), append(states, c)
	}
	for _, c := range r.bases {
		add(c)
	}
	for _, t := range r.tables {
		for _, c := range t.order {
			if c.hook == nil {
				add(c)
			}
		}
	}
	for _, c := range states {
		for _, rule := range c.rules {
			c.out.Rules = append(c.out.Rules, rule.made())
		}
		lost(c.out)
	}
	return all
}

// made is the rule in the model.
func (r *ruleState) made() *firewall.Rule {
	rule := &firewall.Rule{Text: r.src.text, Comment: r.src.comment, At: r.src.at}
	for _, step := range r.steps {
		rule.Steps = append(rule.Steps, step()...)
	}
	return rule
}
