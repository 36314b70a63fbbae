package reach

import (
	"math"
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
	lasts []int32 // by node, plus 1 where known
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

// chain looks for shadows in one chain, and notes what it sends to others.
func (sh *shadower) chain(c *firewall.Chain) {
	comes, ok := sh.entry[c]
	if c.Hook != firewall.NoHook {
		comes, ok = sh.arriving(c), true
	}
	if !ok {
		comes = no
		sh.list = append(sh.list, Shadow{Chain: c})
	}
	if comes == no {
		return
	}
	s := sh.s
	taken, match := sh.taken(c)
	for i, r := range c.Rules {
		if match[i] == no {
			continue
		}
		here := s.apply(opAnd, comes, match[i])
		if !sh.meets(taken, here, i) {
			sh.list = append(sh.list, Shadow{c, r, sh.takers(c, taken, here)})
			continue
		}
		sh.send(r, func() ref { return s.apply(from(i), taken, here) })
	}
}

// taken tells the first rule of a chain that surely takes a packet, and for each rule what it may match.
func (sh *shadower) taken(c *firewall.Chain) (taken ref, match []ref) {
	s, x := sh.s, sh.s.boxer(sh.sc)
	match = make([]ref, len(c.Rules))
	matching := s.newStack(nil, no)
	var list []ref
	var boxes []box
	stack := func() {
		list = append(list, s.stacked(sequel(fall), boxes, s.plain[fall]))
		boxes = boxes[:0]
	}
	for i, r := range c.Rules {
		s.spend()
		b, f := x.rule(r.Steps, s.taker(i))
		if f == fits {
			boxes = append(boxes, b)
			match[i] = matching.alone(b.spans, yes)
			continue
		}
		match[i] = sh.match(r)
		if d := s.apply(taking(i), s.steps(r.Steps, sh.sc), no); d != s.plain[fall] {
			stack()
			list = append(list, d)
		}
	}
	stack()
	return s.fold(sequel(fall), list, s.plain[fall]), match
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
func (sh *shadower) takers(c *firewall.Chain, taken, here ref) []*firewall.Rule {
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
	slices.Sort(found)
	var list []*firewall.Rule
	for _, i := range found[:min(len(found), maxBy)] {
		list = append(list, c.Rules[i])
	}
	// A rule about the state of connections takes its part of every other rule: it says least.
	slices.SortStableFunc(list, func(a, b *firewall.Rule) int { return aboutState(a) - aboutState(b) })
	return list
}

// aboutState is 1 for a rule that asks for the state of the connection.
func aboutState(r *firewall.Rule) int {
	return int(usesOf(r.Steps, nil).fields >> firewall.ConnState & 1)
}
