package reach

import (
	"slices"

	"sallyport/internal/firewall"
)

// A Shadow is a rule that no packet comes to, or a chain.
type Shadow struct {
	Chain *firewall.Chain
	// Rule is nil where no rule leads to the chain at all.
	Rule *firewall.Rule
	// By are the earlier rules of the chain that take all its packets; empty where the rules that lead to the chain never send it any.
	By []*firewall.Rule
}

// shadowWork bounds what looking for shadows may cost. What is found until then is told.
const shadowWork = 30_000_000

// maxBy bounds the rules that one shadow names.
const maxBy = 8

// A shadower goes through the chains, callers first, with the packets that come to them.
type shadower struct {
	s     *solver
	sc    *scope
	entry map[*firewall.Chain]ref
	list  []Shadow
}

// Shadowed finds the rules and chains that no packet comes to, whatever it is and whatever the kernel knows about it. A rule that
// cannot match anything by itself, as with an empty set, is not among them.
func (m *Model) Shadowed() (list []Shadow) {
	m.mu.Lock()
	defer m.mu.Unlock()
	sh := m.shadower()
	defer func() {
		if p := recover(); p == errBudget {
			list = sh.list
		} else if p != nil {
			panic(p)
		}
	}()
	chains := callees(m.set.Chains)
	slices.Reverse(chains)
	for _, c := range chains {
		sh.chain(c)
	}
	return sh.list
}

// shadower leaves all fields open, but those that rules write: these are in doubt.
func (m *Model) shadower() *shadower {
	var u use
	for _, v := range m.uses {
		u.join(v)
	}
	fields := []firewall.Field{firewall.Family, firewall.ConnState, firewall.ConnStatus, firewall.ConnDirection, firewall.Mark, firewall.ConnMark}
	fields = append(fields, portsFirst...)
	for f := range firewall.FieldCount {
		if !slices.Contains(fields, f) {
			fields = append(fields, f)
		}
	}
	s := m.solver(newStore(shadowWork), cutting(m.set).layout(6, fields...), map[setKey]ref{})
	for _, f := range fields {
		s.base[f] = variable(original(f))
	}
	const why = "what other rules write"
	if u.writes&useMark != 0 {
		s.base[firewall.Mark] = anything(why)
	}
	if u.writes&useConnMark != 0 {
		s.base[firewall.ConnMark] = anything(why)
	}
	if u.writes&useTracking != 0 {
		s.base[firewall.ConnState] = anything(why)
	}
	for _, f := range []firewall.Field{firewall.OrigSource, firewall.OrigDestination, firewall.OrigPort, firewall.ConnStatus, firewall.User, firewall.Group} {
		s.base[f] = anything("what the kernel knows in some places alone")
	}
	s.passes = []pass{{socket: true}}
	st := state{tracking: tracked}
	sc := &scope{s.base, 0, st}
	s.fixed = sc
	return &shadower{s: s, sc: sc, entry: map[*firewall.Chain]ref{}}
}

// chain looks for shadows in one chain, and notes what it sends to others.
func (sh *shadower) chain(c *firewall.Chain) {
	s := sh.s
	rem, ok := sh.entry[c]
	if c.Hook != firewall.NoHook {
		rem, ok = sh.arriving(c), true
	}
	if !ok {
		rem = no
		sh.list = append(sh.list, Shadow{Chain: c})
	}
	comes := rem
	for i, r := range c.Rules {
		if comes == no {
			return
		}
		match := sh.match(r)
		if here := s.apply(opAnd, comes, match); match != no && s.apply(opAnd, rem, match) == no {
			sh.list = append(sh.list, Shadow{c, r, sh.takers(c, i, here)})
			continue
		}
		sh.send(r, s.apply(opAnd, rem, match))
		if d := s.steps(r.Steps, sh.sc); d != s.plain[fall] {
			rem = s.apply(opRest, d, rem)
		}
	}
}

// arriving are the packets that come to a base chain.
func (sh *shadower) arriving(c *firewall.Chain) ref {
	s := sh.s
	d := s.expr(onDevice(c), sh.sc)
	if c.Families != nil {
		d = s.apply(opAnd, d, s.set(firewall.Family, firewall.Value{}, c.Families))
	}
	return d
}

// match are the packets that the first conditions of a rule may hold for.
func (sh *shadower) match(r *firewall.Rule) ref {
	d := yes
	for _, st := range r.Steps {
		w, ok := st.(firewall.When)
		if !ok {
			break
		}
		d = sh.s.apply(opAnd, d, sh.s.apply(opMay, sh.s.cond(w.Expr, sh.sc), no))
	}
	return d
}

// send notes what a rule sends to other chains.
func (sh *shadower) send(r *firewall.Rule, d ref) {
	to := func(c *firewall.Chain) {
		if c == nil {
			return
		}
		all := d
		if old, ok := sh.entry[c]; ok {
			all = sh.s.apply(opOr, d, old)
		}
		sh.entry[c] = all
	}
	for _, st := range r.Steps {
		switch st := st.(type) {
		case firewall.Decide:
			to(st.Verdict.Chain)
		case firewall.Branch:
			for _, x := range st.Cases {
				to(x.Verdict.Chain)
			}
		}
	}
}

// takers are the rules before the i-th that surely take the packets.
func (sh *shadower) takers(c *firewall.Chain, i int, left ref) []*firewall.Rule {
	var list []*firewall.Rule
	for _, r := range c.Rules[:i] {
		if left == no || len(list) == maxBy {
			break
		}
		sh.s.spend()
		d := sh.s.steps(r.Steps, sh.sc)
		if d == sh.s.plain[fall] {
			continue
		}
		if rest := sh.s.apply(opRest, d, left); rest != left {
			list, left = append(list, r), rest
		}
	}
	return list
}
