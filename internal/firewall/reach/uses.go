package reach

import "sallyport/internal/firewall"

// analyse finds what the chains read and write, and cuts them into segments.
func (m *Model) analyse(set *firewall.Ruleset) {
	chains := callees(set.Chains)
	m.uses = map[*firewall.Chain]use{}
	for changed := true; changed; {
		changed = false
		for _, c := range chains {
			var u use
			for _, r := range c.Rules {
				u.join(usesOf(r.Steps, m.uses))
			}
			if u != m.uses[c] {
				m.uses[c], changed = u, true
			}
		}
	}
	m.networks = findNetworks(chains)
	m.segments = map[*firewall.Chain][]segment{}
	for _, c := range chains {
		m.segments[c] = segmentsOf(c, m.uses)
	}
}

// callees are all chains, those that are jumped to before those that jump to them.
func callees(chains []*firewall.Chain) []*firewall.Chain {
	seen := map[*firewall.Chain]bool{}
	var list []*firewall.Chain
	var visit func(*firewall.Chain)
	visit = func(c *firewall.Chain) {
		if c == nil || seen[c] {
			return
		}
		seen[c] = true
		for _, r := range c.Rules {
			for _, st := range r.Steps {
				switch st := st.(type) {
				case firewall.Decide:
					visit(st.Verdict.Chain)
				case firewall.Branch:
					for _, c := range st.Cases {
						visit(c.Verdict.Chain)
					}
				}
			}
		}
		list = append(list, c)
	}
	for _, c := range chains {
		visit(c)
	}
	return list
}

// segmentsOf begins a segment with each rule that reads what its own segment has written.
func segmentsOf(c *firewall.Chain, uses map[*firewall.Chain]use) []segment {
	var list []segment
	var first int
	var sofar use
	for i, r := range c.Rules {
		u := usesOf(r.Steps, uses)
		if u.reads&sofar.writes != 0 {
			list = append(list, segment{c.Rules[first:i], sofar.reads})
			first, sofar = i, use{}
		}
		sofar.join(u)
	}
	return append(list, segment{c.Rules[first:], sofar.reads})
}

func usesOf(steps []firewall.Step, uses map[*firewall.Chain]use) use {
	var u use
	for _, st := range steps {
		switch st := st.(type) {
		case firewall.When:
			u.condition(st.Expr)
		case firewall.Decide:
			u.join(uses[st.Verdict.Chain])
		case firewall.Branch:
			for _, c := range st.Cases {
				u.condition(c.When)
				u.join(uses[c.Verdict.Chain])
			}
		case firewall.Assign:
			u.join(assignUse(st))
		case firewall.Translate:
			for _, c := range st.Cases {
				u.condition(c.When)
			}
		case firewall.Untrack:
			u.writes |= useTracking
		}
	}
	return u
}

func assignUse(a firewall.Assign) use {
	u := use{writes: useMark}
	if a.Field == firewall.ConnMark {
		u = use{reads: useTracking, writes: useConnMark}
	}
	for _, c := range a.Cases {
		u.condition(c.When)
		if c.From == firewall.ConnMark {
			u.reads |= useTracking
		}
	}
	return u
}

// condition adds what a condition asks for.
func (u *use) condition(e firewall.Expr) {
	switch e := e.(type) {
	case firewall.Is:
		u.field(e.Field)
	case firewall.Tuple:
		for _, f := range e.Fields {
			u.field(f)
		}
	case firewall.All:
		for _, x := range e {
			u.condition(x)
		}
	case firewall.Any:
		for _, x := range e {
			u.condition(x)
		}
	case firewall.Not:
		u.condition(e.Expr)
	}
}

func (u *use) field(f firewall.Field) {
	u.fields |= 1 << f
	u.reads |= readsField(f)
}

func readsField(f firewall.Field) uint8 {
	switch f {
	case firewall.Mark:
		return useMark
	case firewall.ConnMark:
		return useConnMark | useTracking
	case firewall.ConnState, firewall.ConnStatus, firewall.ConnDirection, firewall.OrigSource, firewall.OrigDestination, firewall.OrigPort:
		return useTracking
	}
	return 0
}
