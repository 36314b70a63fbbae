package reach

import "sallyport/internal/firewall"

func (w *walker) expr(e firewall.Expr, sc *scope) truth {
	switch e := e.(type) {
	case firewall.Is:
		return w.is(e, sc)
	case firewall.Tuple:
		return w.tuple(e, sc)
	case firewall.All:
		t := always
		for _, x := range e {
			if t = min(t, w.expr(x, sc)); t == never {
				return never
			}
		}
		return t
	case firewall.Any:
		t := never
		for _, x := range e {
			if t = max(t, w.expr(x, sc)); t == always {
				return always
			}
		}
		return t
	case firewall.Not:
		return always - w.expr(e.Expr, sc)
	}
	return maybe
}

func (w *walker) is(e firewall.Is, sc *scope) truth {
	b := sc.bindings[e.Field]
	if untold(e) {
		return maybe
	}
	if b.mode == known {
		v := b.value
		if e.Mask != (firewall.Value{}) {
			v = v.And(e.Mask)
		}
		if e.Set.Has(v) {
			return always
		}
		return never
	}
	t, first := never, true
	for _, r := range b.set {
		whole, partly := coversMasked(e, r)
		u := never
		if whole {
			u = always
		} else if partly {
			u = maybe
		}
		if !first && u != t {
			return maybe
		}
		t, first = u, false
	}
	return t
}

func (w *walker) tuple(e firewall.Tuple, sc *scope) truth {
	w.steps -= len(e.Rows) / 4
	best := never
	for _, row := range e.Rows {
		t := always
		for i, f := range e.Fields {
			if t = min(t, w.is(firewall.Is{Field: f, Set: row[i : i+1]}, sc)); t == never {
				break
			}
		}
		best = max(best, t)
	}
	return best
}

// holds is a condition for one packet; where the kernel lacks what it asks for, it does not hold.
func (w *walker) holds(e firewall.Expr, sc *scope) truth {
	if w.s.lacks(e, sc) {
		return never
	}
	return w.expr(e, sc)
}
