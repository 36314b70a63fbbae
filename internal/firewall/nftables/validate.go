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
	v := validation{run: r, known: make(map[any]*reached), open: make(map[*chainState]bool)}
	for _, base := range r.bases {
		found := v.chain(base, base.at)
		if v.looped {
			return
		}
		if found.depth > maxDepth {
			r.refuse(v.deepest(base), "join some of the chains", "the chain "+base.name+" jumps more than 15 chains deep")
			return
		}
		for _, what := range names(found.needs) {
			v.check(base, found.needs[what])
		}
	}
}

func (r *run) refuse(at fact.Span, hint, msg string) {
	if len(r.refused) < maxRefused {
		r.refused = append(r.refused, &fact.Error{File: at.File, Line: at.Line, Column: at.Column, Msg: msg, Hint: hint})
	}
}

// A validation walks the chains that packets come to, each once.
type validation struct {
	run    *run
	known  map[any]*reached // of chains and of sets
	open   map[*chainState]bool
	looped bool
}

// A reached is what lies below a chain, the chain included: how many chains under each other, and what they need.
type reached struct {
	depth int
	needs map[string]need
	to    *chainState // the deepest way
	at    fact.Span
}

func (r *reached) add(below *reached, j jump) {
	if below.depth > r.depth {
		r.depth, r.to, r.at = below.depth, j.to, j.at
	}
	for what, n := range below.needs {
		r.need(what, n)
	}
}

func (r *reached) need(what string, n need) {
	if r.needs == nil {
		r.needs = make(map[string]need)
	}
	if _, known := r.needs[what]; !known {
		r.needs[what] = n
	}
}

// chain is what lies below a chain, to which a statement at a place jumps.
func (v *validation) chain(c *chainState, at fact.Span) *reached {
	if v.open[c] {
		if !v.looped {
			v.run.refuse(at, "take one of the jumps out", "the chain "+c.name+" comes back to itself, by way of its jumps")
		}
		v.looped = true
	}
	if v.looped {
		return &reached{}
	}
	if r := v.known[c]; r != nil {
		return r
	}
	v.open[c] = true
	r := &reached{at: at}
	for _, rule := range c.rules {
		for _, n := range rule.needs {
			r.need(n.what, n)
		}
		for _, j := range rule.jumps {
			r.add(v.chain(j.to, j.at), j)
		}
		for _, s := range rule.sets {
			if s.verdicts {
				below := v.set(s, rule.src.at)
				r.add(below, jump{below.to, rule.src.at})
			}
		}
	}
	r.depth++
	v.open[c] = false
	v.known[c] = r
	return r
}

// set is what lies below the chains that a verdict map names.
func (v *validation) set(s *setState, at fact.Span) *reached {
	if r := v.known[s]; r != nil {
		return r
	}
	r := &reached{}
	for _, g := range s.group() {
		if to := g.value.verdict.chain; to != nil {
			r.add(v.chain(to, at), jump{to, at})
		}
	}
	v.known[s] = r
	return r
}

// deepest is the jump that is one too many.
func (v *validation) deepest(c *chainState) fact.Span {
	at := c.at
	for level := 1; level <= maxDepth && v.known[c] != nil && v.known[c].to != nil; level++ {
		at, c = v.known[c].at, v.known[c].to
	}
	return at
}

func (v *validation) check(b *chainState, n need) {
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
