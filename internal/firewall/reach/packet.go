package reach

import (
	"fmt"
	"slices"

	"sallyport/internal/firewall"
)

// A truth is what a condition is for one packet.
type truth uint8

const (
	never truth = iota
	maybe
	always
)

// An exit is one way in which a packet may leave a rule or a chain.
type exit struct {
	kind  kind
	state state
}

// A walker takes one packet along the path, rule by rule. It shares nothing with the diagrams but what is known of
// the packet in each place, so that each can be checked with the other. Where a condition is in doubt it goes both ways.
type walker struct {
	s     *solver // posed with the packet's ports
	steps int     // what is left of the budget
	pass  int
	depth int
	last  *scope
	// Where visits is set, the packet takes one path: doubts are settled by the guess.
	visits  *[]Visit
	guess   truth
	guessed bool
	doubt   string // of the rule that the packet is in
}

// walkWork bounds the rules that one packet is taken through.
const walkWork = 5_000_000

// chain takes a packet through a chain.
func (w *walker) chain(c *firewall.Chain, st state) []exit {
	if w.depth++; w.depth > maxDepth {
		panic(errBudget)
	}
	defer func() { w.depth-- }()
	var out []exit
	cur := []state{st}
	var on []state
	next := w.among(c, st)
	for i := next(); i >= 0; i = next() {
		r := c.Rules[i]
		on = on[:0]
		for _, st := range cur {
			if w.passesBy(r, st) {
				on = add(on, st)
				continue
			}
			w.doubt = ""
			for _, x := range w.rule(c, r, r.Steps, st) {
				if x.kind == fall {
					on = add(on, x.state)
				} else {
					out = add(out, x)
				}
			}
		}
		cur, on = on, cur
	}
	for _, st := range cur {
		out = add(out, exit{fall, st})
	}
	return out
}

// among goes through the rules that may match, by their numbers, and ends with -1.
func (w *walker) among(c *firewall.Chain, st state) func() int {
	if x := w.s.m.indexOf(c); x != nil {
		if list, ok := x.find(nil, w.scope(st)); ok {
			return func() int {
				if len(list) == 0 {
					return -1
				}
				i := list[0]
				list = list[1:]
				return int(i)
			}
		}
	}
	i := -1
	return func() int {
		if i++; i == len(c.Rules) {
			return -1
		}
		return i
	}
}

// passesBy says that the first condition of a rule does not hold, as it is with most.
func (w *walker) passesBy(r *firewall.Rule, st state) bool {
	if w.steps--; w.steps < 0 {
		panic(errBudget)
	}
	if len(r.Steps) == 0 {
		return true
	}
	when, ok := r.Steps[0].(firewall.When)
	return ok && w.holds(when.Expr, w.scope(st)) == never
}

// scope is the solver's; the last one is at hand.
func (w *walker) scope(st state) *scope {
	if w.last == nil || w.last.pass != w.pass || w.last.state != st {
		w.last = w.s.scope(w.pass, st)
	}
	return w.last
}

// maxDepth is deeper than the kernel allows jumps to go.
const maxDepth = 1000

func add[T comparable](list []T, x T) []T {
	if slices.Contains(list, x) {
		return list
	}
	return append(list, x)
}

// rule takes a packet through the steps of a rule.
func (w *walker) rule(c *firewall.Chain, r *firewall.Rule, steps []firewall.Step, st state) []exit {
	if w.steps--; w.steps < 0 {
		panic(errBudget)
	}
	if len(steps) == 0 {
		return []exit{{fall, st}}
	}
	rest := func(st state) []exit { return w.rule(c, r, steps[1:], st) }
	sc := w.scope(st)
	switch p := steps[0].(type) {
	case firewall.When:
		switch w.settle(w.holds(p.Expr, sc), p.Expr) {
		case never:
			return []exit{{fall, st}}
		case maybe:
			return append(rest(st), exit{fall, st})
		}
		return rest(st)
	case firewall.Decide:
		return w.verdict(c, r, p.Verdict, st)
	case firewall.Limit:
		st.limited = st.limited || decides(steps[1:])
		if !p.Holds {
			return []exit{{fall, st}}
		}
		return rest(st)
	case firewall.Untrack:
		if st.tracking == unseen {
			w.note(c, r, "notrack")
			st.tracking = untracked
		}
		return rest(st)
	case firewall.Branch:
		return w.first(len(p.Cases), st, sc, func(i int) firewall.Expr { return p.Cases[i].When },
			func(i int) []exit { return w.verdict(c, r, p.Cases[i].Verdict, st) })
	case firewall.Assign:
		return w.first(len(p.Cases), st, sc, func(i int) firewall.Expr { return p.Cases[i].When },
			func(i int) []exit { return w.assign(c, r, p, p.Cases[i], st, rest) })
	case firewall.Translate:
		return w.first(len(p.Cases), st, sc, func(i int) firewall.Expr { return p.Cases[i].When },
			func(i int) []exit { return w.translate(c, r, &p.Cases[i], st) })
	}
	panic("a step of an unknown kind")
}

// first takes the first case that holds, and those before it that may.
func (w *walker) first(n int, st state, sc *scope, when func(int) firewall.Expr, then func(int) []exit) []exit {
	var out []exit
	for i := range n {
		if w.s.lacks(when(i), sc) {
			break
		}
		t := w.settle(w.expr(when(i), sc), when(i))
		if t == never {
			continue
		}
		out = append(out, then(i)...)
		if t == always {
			return out
		}
	}
	return append(out, exit{fall, st})
}

func (w *walker) assign(in *firewall.Chain, r *firewall.Rule, a firewall.Assign, c firewall.AssignCase, st state, rest func(state) []exit) []exit {
	from := st.mark
	if c.From == firewall.ConnMark {
		if st.tracking != tracked && c.And != (firewall.Value{}) {
			return []exit{{fall, st}}
		}
		from = st.connMark
	}
	v := mark{value: from.value&uint32(c.And.Lo) ^ uint32(c.Xor.Lo)}
	if c.Why != "" {
		v = mark{why: 1 + w.s.m.markReason(c.Why, r.At)}
	} else if c.And != (firewall.Value{}) && from.why != 0 {
		v = mark{why: from.why}
	}
	w.note(in, r, fmt.Sprintf("mark %#x", v.value))
	if a.Field == firewall.Mark {
		st.mark = v
	} else if st.tracking == tracked {
		st.connMark = v
	}
	return rest(st)
}

func (w *walker) translate(c *firewall.Chain, r *firewall.Rule, t *firewall.TranslateCase, st state) []exit {
	w.note(c, r, translatedTo(t))
	id := w.s.m.translation(t, r.At)
	if t.To == firewall.SourceNAT {
		st.source, st.sourceDone = id, true
	} else {
		st.to, st.natDone = id, true
	}
	return []exit{{accept, st}}
}
