package iptables

import (
	"slices"

	"sallyport/internal/firewall"
)

// Ruleset is what the tables mean.
func (l *Loader) Ruleset() *firewall.Ruleset {
	out := &firewall.Ruleset{Mistakes: l.refused, Partial: l.partial}
	l.index()
	for _, t := range l.tables {
		t.check() // for where rules are reached from
		made := make(map[*chain]*firewall.Chain, len(t.chains))
		for _, c := range t.chains {
			made[c] = t.chain(c)
			out.Chains = append(out.Chains, made[c])
		}
		for _, c := range t.chains {
			for _, r := range c.rules {
				b := &builder{l: l, family: t.family, at: r.at, rule: r}
				made[c].Rules = append(made[c].Rules, b.emit(t, made))
				if b.splits {
					other := &builder{l: l, family: t.family, at: r.at, rule: r, side: untracked}
					if one := other.emit(t, made); !other.idle {
						made[c].Rules = append(made[c].Rules, one)
					}
				}
			}
			for _, d := range c.policies {
				doubt := firewall.Unknown{Why: d.why, At: d.at}
				made[c].Rules = append(made[c].Rules, &firewall.Rule{
					Steps: []firewall.Step{firewall.When{Expr: doubt}, firewall.Decide{Verdict: firewall.Verdict{Kind: d.kind}}},
					Text:  "a policy that may be set", At: d.at,
				})
			}
		}
	}
	return out
}

// index numbers the rules, and notes which sets and lists they write.
func (l *Loader) index() {
	l.setters = make(map[string][]*rule)
	clear(l.sets.written)
	for _, t := range l.tables {
		for _, c := range t.chains {
			for i, r := range c.rules {
				r.index, r.chain = i, c
				l.note(r)
			}
		}
	}
}

func (l *Loader) note(r *rule) {
	for _, u := range r.spec.matches {
		if u.ext != nil && u.ext.name == "recent" && u.has("set") {
			l.setters[listName(u)] = append(l.setters[listName(u)], r)
		}
	}
	if t := r.spec.target; t != nil && t.ext.name == "SET" {
		for _, v := range t.values {
			if v.option.name() == "add-set" || v.option.name() == "del-set" {
				l.sets.written[firstWord(v.text)] = true
			}
		}
	}
}

// writes counts the rules that may have put the sender of a packet into a list before the packet meets a rule.
func (l *Loader) writes(r *rule, list string) uint64 {
	n := uint64(0)
	for _, s := range l.setters[list] {
		if before := s.chain != r.chain || s.index < r.index; before && s != r && !s.apart(r) {
			n++
		}
	}
	return n
}

// apart tells of rules that no packet can match both of, by their protocols and ports.
func (r *rule) apart(o *rule) bool {
	a, b := r.spec, o.spec
	if a.protocol <= 0 || b.protocol <= 0 || a.notProtocol || b.notProtocol {
		return false
	}
	if a.protocol != b.protocol {
		return true
	}
	for _, x := range a.portSets() {
		for _, y := range b.portSets() {
			if !slices.ContainsFunc(x, func(r firewall.Range) bool {
				return slices.ContainsFunc(y, func(s firewall.Range) bool { return r.First.Compare(s.Last) <= 0 && s.First.Compare(r.Last) <= 0 })
			}) {
				return true
			}
		}
	}
	return false
}

func (s *spec) portSets() []firewall.Set {
	var all []firewall.Set
	for _, u := range s.matches {
		for _, v := range u.values {
			if n := v.option.name(); (n == "destination-port" || n == "destination-ports") && !v.not && v.text != "" {
				all = append(all, span(v.text, ":"))
			}
		}
	}
	return all
}

func (t *table) chain(c *chain) *firewall.Chain {
	f := &firewall.Chain{Table: t.name, Name: c.name, Families: firewall.Values(t.family), Hook: c.hook, Policy: firewall.Verdict{Kind: c.policy}, At: c.at, PolicyAt: c.policyAt}
	for _, b := range builtin[t.name] {
		if b.chain == c.name {
			f.Priority = b.priority
		}
	}
	switch {
	case t.name == "nat":
		f.Kind = firewall.NAT
	case t.name == "mangle" && c.hook == firewall.Output:
		f.Kind = firewall.Route
	}
	return f
}

// emit builds the rule, with the chain that it jumps to.
func (b *builder) emit(t *table, made map[*chain]*firewall.Chain) *firewall.Rule {
	r := b.rule
	steps := b.build()
	if r.jumps {
		kind := firewall.Jump
		if r.spec.goes {
			kind = firewall.Goto
		}
		steps = append(steps, firewall.Decide{Verdict: firewall.Verdict{Kind: kind, Chain: made[t.byName[r.spec.jump.text]]}})
	}
	out := &firewall.Rule{Steps: steps, Text: r.text, At: r.at}
	for _, u := range r.spec.matches {
		if v, ok := u.get("comment"); ok && u.name == "comment" {
			out.Comment = v.text
		}
	}
	return out
}
