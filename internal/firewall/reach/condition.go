package reach

import (
	"slices"

	"sallyport/internal/firewall"
)

// cond is the condition as a diagram, under what the scope knows.
func (s *solver) cond(e firewall.Expr, sc *scope) ref {
	if s.lacks(e, sc) {
		return no
	}
	return s.expr(e, sc)
}

// lacks says that a condition asks for something that the kernel has no value for here.
func (s *solver) lacks(e firewall.Expr, sc *scope) bool {
	each := func(list []firewall.Expr) bool {
		return slices.ContainsFunc(list, func(x firewall.Expr) bool { return s.lacks(x, sc) })
	}
	switch e := e.(type) {
	case firewall.Is:
		return sc.missing(e.Field, &s.passes[sc.pass])
	case firewall.Tuple:
		return slices.ContainsFunc(e.Fields, func(f firewall.Field) bool { return sc.missing(f, &s.passes[sc.pass]) })
	case firewall.All:
		return each(e)
	case firewall.Any:
		return each(e)
	case firewall.Not:
		return s.lacks(e.Expr, sc)
	}
	return false
}

func (s *solver) expr(e firewall.Expr, sc *scope) ref {
	switch e := e.(type) {
	case firewall.Is:
		return s.is(e, sc)
	case firewall.Tuple:
		return s.tuple(e, sc)
	case firewall.All:
		return s.all(e, sc)
	case firewall.Any:
		list := make([]ref, 0, len(e))
		for _, x := range e {
			r := s.expr(x, sc)
			if r == yes {
				return yes
			}
			if r != no {
				list = append(list, r)
			}
		}
		return s.fold(opOr, list, no)
	case firewall.Not:
		return s.apply(opNot, s.expr(e.Expr, sc), no)
	case firewall.Unknown:
		return s.inDoubt(e)
	}
	return s.inDoubt(firewall.Unknown{Why: "a condition of an unknown kind"})
}

func (s *solver) all(list []firewall.Expr, sc *scope) ref {
	r := yes
	for _, x := range list {
		if r = s.apply(opAnd, r, s.expr(x, sc)); r == no {
			return no
		}
	}
	return r
}

// inDoubt is the condition that may hold or not for this reason.
func (s *solver) inDoubt(u firewall.Unknown) ref {
	return s.doubt(s.reasons([]int32{s.m.reason(u)}))
}

func (s *solver) is(e firewall.Is, sc *scope) ref {
	b := &sc.bindings[e.Field]
	if untold(e) {
		return s.inDoubt(firewall.Unknown{Why: "ct status"})
	}
	switch b.mode {
	case known:
		v := b.value
		if e.Mask != (firewall.Value{}) {
			v = v.And(e.Mask)
		}
		if e.Set.Has(v) {
			return yes
		}
		return no
	case symbolic:
		return s.set(b.field, e.Mask, e.Set)
	}
	return s.isAmong(e, b)
}

// untold says that a condition looks at bits of conntrack's status that depend on more than the ruleset.
func untold(e firewall.Is) bool {
	return e.Field == firewall.ConnStatus && (e.Mask == (firewall.Value{}) || e.Mask.Lo&^statusTold != 0)
}

// isAmong compares with a field of which only some values are possible.
func (s *solver) isAmong(e firewall.Is, b *binding) ref {
	in, out := false, false
	for _, r := range b.set {
		inside, partly := coversMasked(e, r)
		in = in || inside || partly
		out = out || !inside
	}
	switch {
	case !in:
		return no
	case !out:
		return yes
	}
	return s.inDoubt(b.why)
}

// coversMasked is covers for a condition with a mask, which it tells for single values alone.
func coversMasked(e firewall.Is, r firewall.Range) (wholly, partly bool) {
	switch {
	case e.Mask == firewall.Value{}:
		return covers(e.Set, r)
	case r.First == r.Last:
		in := e.Set.Has(r.First.And(e.Mask))
		return in, in
	}
	return false, true
}

// covers says whether a set holds a range wholly, or at least partly.
func covers(set firewall.Set, r firewall.Range) (wholly, partly bool) {
	for i := searchRange(set, r.First); i < len(set) && set[i].First.Compare(r.Last) <= 0; i++ {
		if set[i].First.Compare(r.First) <= 0 && set[i].Last.Compare(r.Last) >= 0 {
			return true, true
		}
		partly = true
	}
	return false, partly
}

// searchRange is the index of the first range that does not end before the value.
func searchRange(set firewall.Set, v firewall.Value) int {
	lo, hi := 0, len(set)
	for lo < hi {
		if mid := (lo + hi) / 2; set[mid].Last.Compare(v) < 0 {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return lo
}

// A rowsKey is rows and the fields that they are compared with: rules may ask one set about different fields.
type rowsKey struct {
	rows   *[]firewall.Range
	n      int
	fields string
}

type tupleKey struct {
	rowsKey
	sc *scope
}

// rowsOf is the key of a tuple that has rows.
func rowsOf(e firewall.Tuple) rowsKey {
	fields := make([]byte, len(e.Fields))
	for i, f := range e.Fields {
		fields[i] = byte(f)
	}
	return rowsKey{&e.Rows[0], len(e.Rows), string(fields)}
}

// tuple is a set of rows; a large one is looked through once per scope.
func (s *solver) tuple(e firewall.Tuple, sc *scope) ref {
	if len(e.Rows) == 0 {
		return no
	}
	key := tupleKey{rowsOf(e), sc}
	if r, ok := s.tuples[key]; ok {
		return r
	}
	x := s.boxer(sc)
	var boxes []box
	var list []ref
	for _, row := range e.Rows {
		switch b, f := x.row(e.Fields, row); f {
		case fits:
			boxes = append(boxes, b)
		case misfit:
			if r := s.row(e.Fields, row, sc); r != no {
				list = append(list, r)
			}
		}
	}
	r := s.apply(opOr, s.stacked(opOr, boxes, no), s.fold(opOr, list, no))
	s.tuples[key] = r
	return r
}

// row looks at the known fields first: most rows fail there.
func (s *solver) row(fields []firewall.Field, row []firewall.Range, sc *scope) ref {
	for i, f := range fields {
		if b := &sc.bindings[f]; b.mode == known && (b.value.Compare(row[i].First) < 0 || b.value.Compare(row[i].Last) > 0) {
			return no
		}
	}
	r := yes
	for i, f := range fields {
		if b := &sc.bindings[f]; b.mode == symbolic {
			r = s.apply(opAnd, r, s.ranges(b.field, firewall.Value{}, row[i:i+1]))
		} else if b.mode == among {
			r = s.apply(opAnd, r, s.isAmong(firewall.Is{Field: f, Set: row[i : i+1]}, b))
		}
	}
	return r
}
