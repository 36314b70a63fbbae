package reach

import "sallyport/internal/firewall"

// steps is what becomes of packets in a rule, from one of its steps on.
func (s *solver) steps(steps []firewall.Step, sc *scope) ref {
	if len(steps) == 0 {
		return s.plain[fall]
	}
	rest := steps[1:]
	switch st := steps[0].(type) {
	case firewall.When:
		c := s.cond(st.Expr, sc)
		if c == no {
			return s.plain[fall]
		}
		return s.apply(opWhen, c, s.steps(rest, sc))
	case firewall.Decide:
		return s.verdict(st.Verdict, sc)
	case firewall.Branch:
		return s.cases(len(st.Cases), sc, func(i int) (firewall.Expr, ref) {
			return st.Cases[i].When, s.verdict(st.Cases[i].Verdict, sc)
		})
	case firewall.Assign:
		return s.assign(st, rest, sc)
	case firewall.Translate:
		return s.cases(len(st.Cases), sc, func(i int) (firewall.Expr, ref) {
			e := unchanged
			e.nat = s.m.translation(&st.Cases[i], s.at)
			return st.Cases[i].When, s.one(newResult(accept, s.effect(e)))
		})
	case firewall.Untrack:
		e := unchanged
		e.untrack = true
		return s.goOn(e, rest, sc)
	case firewall.Limit:
		return s.limit(st, rest, sc)
	}
	return s.undecided("a step of an unknown kind")
}

// goOn is the rest of a rule after an effect.
func (s *solver) goOn(e effect, rest []firewall.Step, sc *scope) ref {
	cur := s.one(newResult(step, s.effect(e)))
	return s.then(cur, step, usesOf(rest, s.m.uses).reads, sc, func(sc *scope) ref { return s.steps(rest, sc) })
}

// limit holds for the first packet or not, and marks what it lets through where the rule decides anything.
func (s *solver) limit(l firewall.Limit, rest []firewall.Step, sc *scope) ref {
	e := unchanged
	e.limited = decides(rest)
	if s.every { // the first packet meets one side, a later one the other
		return s.apply(opUnion, s.goOn(e, rest, sc), s.plain[fall])
	}
	if l.Holds {
		return s.goOn(e, rest, sc)
	}
	return s.one(newResult(fall, s.effect(e)))
}

// decides says whether steps end in a verdict.
func decides(steps []firewall.Step) bool {
	for _, st := range steps {
		switch st := st.(type) {
		case firewall.Decide:
			return st.Verdict.Kind != firewall.Continue
		case firewall.Branch, firewall.Translate:
			return true
		}
	}
	return false
}

// cases is the first of some cases that holds; where none does, the rule ends.
func (s *solver) cases(n int, sc *scope, at func(int) (firewall.Expr, ref)) ref {
	var list []ref
	for i := range n {
		e, d := at(i)
		s.spend()
		if s.lacks(e, sc) {
			break
		}
		if c := s.expr(e, sc); c != no {
			list = append(list, s.apply(opCase, c, d))
		}
	}
	return s.apply(opMiss, s.fold(sequel(next), list, s.plain[next]), no)
}

// assign writes a mark and goes on.
func (s *solver) assign(a firewall.Assign, rest []firewall.Step, sc *scope) ref {
	d := s.cases(len(a.Cases), sc, func(i int) (firewall.Expr, ref) {
		c := a.Cases[i]
		if c.From == firewall.ConnMark && sc.state.tracking != tracked && c.And != (firewall.Value{}) {
			return c.When, s.plain[fall]
		}
		e := unchanged
		ch := change{conn: c.From == firewall.ConnMark, and: uint32(c.And.Lo), xor: uint32(c.Xor.Lo)}
		if c.Why != "" {
			ch = change{why: 1 + s.m.markReason(c.Why, s.at)}
		}
		switch {
		case a.Field == firewall.Mark:
			e.mark = ch
		case a.Field == firewall.ConnMark && sc.state.tracking == tracked:
			e.connMark = ch
		}
		return c.When, s.one(newResult(step, s.effect(e)))
	})
	return s.then(d, step, usesOf(rest, s.m.uses).reads, sc, func(sc *scope) ref { return s.steps(rest, sc) })
}

func (s *solver) verdict(v firewall.Verdict, sc *scope) ref {
	switch v.Kind {
	case firewall.Accept:
		return s.plain[accept]
	case firewall.Drop:
		return s.plain[drop]
	case firewall.Reject:
		return s.plain[reject]
	case firewall.Return:
		return s.plain[returned]
	case firewall.Continue:
		return s.plain[fall]
	case firewall.Jump:
		return s.apply(opBack, s.chain(v.Chain, sc), no)
	case firewall.Goto:
		return s.apply(opGoto, s.chain(v.Chain, sc), no)
	}
	return s.undecided(v.Why)
}

// undecided is what may go on or end in any way.
func (s *solver) undecided(why string) ref {
	all := []result{newResult(fall, 0), newResult(accept, 0), newResult(drop, 0)}
	return s.some(all, s.reasons([]int32{s.m.reason(firewall.Unknown{Why: why, At: s.at})}))
}
