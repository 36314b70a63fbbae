package reach

import (
	"math"
	"math/bits"
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

// shadowWork bounds what looking for shadows may cost. A chain may cost about n log n, and some more: chainWork for itself, and ruleWork
// for each rule and bit of their number.
const (
	shadowWork = 30_000_000
	chainWork  = 1_000_000
	ruleWork   = 25
)

// maxBy bounds the rules that one shadow names.
const maxBy = 8

// A shadower goes through the chains, callers first, with the packets that come to them.
type shadower struct {
	s     *solver
	sc    *scope
	entry map[*firewall.Chain]ref
	list  []Shadow
	lasts []int32 // by node, plus 1 where known
}

// Shadowed finds the rules and chains that no packet comes to, whatever it is and whatever the kernel knows about it. A rule that
// cannot match anything by itself, as with an empty set, is not among them. Of the chains that it returns besides, not all such rules have
// been found: telling would have taken too long.
func (m *Model) Shadowed() (list []Shadow, unsearched []*firewall.Chain) {
	m.mu.Lock()
	defer m.mu.Unlock()
	sh := m.shadower()
	chains := callees(m.set.Chains)
	slices.Reverse(chains)
	for _, c := range chains {
		if !sh.chain(c) {
			unsearched = append(unsearched, c)
		}
	}
	return sh.list, unsearched
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
		if !slices.Contains(fields, f) && original(f) == f {
			fields = append(fields, f)
		}
	}
	s := m.solver(newStore(shadowWork), m.cutting().layout(6, fields...), map[setKey]ref{})
	for _, f := range fields {
		s.base[f] = variable(f)
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
	s.every = true
	st := state{tracking: tracked}
	sc := &scope{s.base, 0, st}
	s.fixed = sc
	return &shadower{s: s, sc: sc, entry: map[*firewall.Chain]ref{}}
}

// chain looks for shadows in one chain, and notes what it sends to others; false is that it has not seen all of it.
func (sh *shadower) chain(c *firewall.Chain) bool {
	comes, ok := sh.entry[c]
	if c.Hook == firewall.NoHook && !ok {
		comes = no
		sh.list = append(sh.list, Shadow{Chain: c})
	}
	next := 0
	work := chainWork + ruleWork*len(c.Rules)*bits.Len(uint(len(c.Rules)))
	if sh.within(work, func() {
		if c.Hook != firewall.NoHook {
			comes = sh.arriving(c)
		}
		if comes == no {
			return
		}
		f := sh.finder(c.Rules)
		for ; next < len(c.Rules); next++ {
			sh.rule(c, f, next, comes)
		}
	}) {
		return true
	}
	// Any packet may come to the chains that the others lead to.
	for _, r := range c.Rules[next:] {
		sh.send(r, func() ref { return yes })
	}
	return false
}

// within does something for a part of the budget; false is that it did not do.
func (sh *shadower) within(work int, do func()) (done bool) {
	all := sh.s.work
	work = max(min(work, all), 0)
	sh.s.work = work
	defer func() {
		sh.s.work = all - (work - max(sh.s.work, 0))
		if p := recover(); p == errBudget {
			done, sh.s.stack = false, sh.s.stack[:0]
		} else if p != nil {
			panic(p)
		}
	}()
	do()
	return true
}

// rule looks at one rule of a chain.
func (sh *shadower) rule(c *firewall.Chain, f *finder, i int, comes ref) {
	if f.match[i] == no {
		return
	}
	here := sh.s.apply(opAnd, comes, f.match[i])
	if by, shadowed := f.shadowed(i, here); shadowed {
		sh.list = append(sh.list, Shadow{c, f.rules[i], by})
		return
	}
	sh.send(f.rules[i], func() ref { return f.left(i, here) })
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
func (sh *shadower) send(r *firewall.Rule, what func() ref) {
	d := no
	to := func(c *firewall.Chain) {
		if c == nil {
			return
		}
		if d == no {
			d = what()
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

// meets says whether any of the packets is taken by no rule before the i-th.
func (sh *shadower) meets(taken, here ref, i int) bool {
	s := sh.s
	switch {
	case here == no || sh.last(taken) < i:
		return false
	case here == yes || taken < 0:
		return true
	}
	op := meeting(i)
	if e := s.slot(op, taken, here); e.op == op && e.a == taken && e.b == here {
		return e.r == yes
	}
	r := no
	s.beside(taken, here, func(a, b ref) bool {
		if sh.meets(a, b, i) {
			r = yes
		}
		return r == no
	})
	*s.slot(op, taken, here) = entry{op, taken, here, r}
	return r == yes
}

// last is the last rule that a diagram of takers has; more than any number where packets are left.
func (sh *shadower) last(taken ref) int {
	switch {
	case taken == sh.s.plain[fall]:
		return math.MaxInt32 - 1
	case taken < 0:
		return sh.s.term(taken).results[0].effect()
	}
	for int(taken) >= len(sh.lasts) {
		sh.lasts = append(sh.lasts, make([]int32, len(sh.s.nodes)-len(sh.lasts))...)
	}
	if sh.lasts[taken] == 0 {
		most := 0
		for _, e := range sh.s.of(taken) {
			most = max(most, sh.last(e.to))
		}
		sh.lasts[taken] = int32(most + 1)
	}
	return int(sh.lasts[taken]) - 1
}

// takers are the rules that take the packets.
func (sh *shadower) takers(taken, here ref) []int {
	type pair struct{ a, b ref }
	seen := map[pair]bool{}
	var found []int
	var visit func(a, b ref) bool
	visit = func(a, b ref) bool {
		switch {
		case b == no || seen[pair{a, b}] || len(found) > maxBy*maxBy:
		case a < 0:
			found = add(found, sh.s.term(a).results[0].effect())
		default:
			seen[pair{a, b}] = true
			sh.s.beside(a, b, visit)
		}
		return true
	}
	visit(taken, here)
	return found
}

// aboutState is 1 for a rule that asks for the state of the connection.
func aboutState(r *firewall.Rule) int {
	return int(usesOf(r.Steps, nil).fields >> firewall.ConnState & 1)
}
