package firewall

import "sallyport/internal/fact"

// In names a file in all places of the ruleset that name none: those of the file that it was read from.
func (s *Ruleset) In(file string) *Ruleset {
	in := func(at *fact.Span) {
		if at.File == "" {
			at.File = file
		}
	}
	for i := range s.Partial {
		in(&s.Partial[i].At)
	}
	for _, c := range s.Chains {
		in(&c.At)
		in(&c.PolicyAt)
		for _, r := range c.Rules {
			in(&r.At)
			for i, step := range r.Steps {
				r.Steps[i] = stepIn(step, in)
			}
		}
	}
	return s
}

func stepIn(step Step, in func(*fact.Span)) Step {
	switch s := step.(type) {
	case When:
		s.Expr = exprIn(s.Expr, in)
		return s
	case Branch:
		for i := range s.Cases {
			s.Cases[i].When = exprIn(s.Cases[i].When, in)
		}
	case Assign:
		for i := range s.Cases {
			s.Cases[i].When = exprIn(s.Cases[i].When, in)
		}
	case Translate:
		for i := range s.Cases {
			s.Cases[i].When = exprIn(s.Cases[i].When, in)
		}
	}
	return step
}

func exprIn(e Expr, in func(*fact.Span)) Expr {
	switch e := e.(type) {
	case Unknown:
		in(&e.At)
		return e
	case Not:
		e.Expr = exprIn(e.Expr, in)
		return e
	case All:
		for i := range e {
			e[i] = exprIn(e[i], in)
		}
	case Any:
		for i := range e {
			e[i] = exprIn(e[i], in)
		}
	}
	return e
}
