package reach

import (
	"slices"

	"sallyport/internal/firewall"
)

// A span is what a field of a box may be: ranges in order, of the numbers that the diagrams have for its values.
type span struct {
	pos    int // of the field in the layout
	ranges []firewall.Range
}

// A box is packets that have one value out of each of some sets, and where they lead. Most rules are one.
type box struct {
	spans []span // in the layout's order, each field at most once
	leaf  ref
}

// A fit says whether something is a box.
type fit uint8

const (
	misfit fit = iota
	fits
	empty // no packet is in it
)

// smallSet is how many ranges a set has that is not worth remembering.
const smallSet = 4

// maxBoxRanges bounds the ranges of a box's field: larger sets are diagrams of their own, which rules share.
const maxBoxRanges = 64

// A boxer makes boxes of rules.
type boxer struct {
	s     *solver
	sc    *scope
	pos   [firewall.FieldCount]int
	spans []span
	// kept and slab are where the boxes' spans and their ranges lie.
	kept   []span
	slab   []firewall.Range
	shared map[setKey][]firewall.Range
}

func (s *solver) boxer(sc *scope) *boxer {
	x := &boxer{s: s, sc: sc, shared: map[setKey][]firewall.Range{}}
	for i, f := range s.fields {
		x.pos[f] = i
	}
	return x
}

// rule is the box of a rule that does nothing but decide; leaf, where it is not no, is put in the verdict's place.
func (x *boxer) rule(steps []firewall.Step, leaf ref) (box, fit) {
	x.spans = x.spans[:0]
	for _, st := range steps {
		switch st := st.(type) {
		case firewall.When:
			if x.s.lacks(st.Expr, x.sc) {
				return box{}, empty
			}
			if f := x.expr(st.Expr, false); f != fits {
				return box{}, f
			}
		case firewall.Decide:
			switch st.Verdict.Kind {
			case firewall.Accept, firewall.Drop, firewall.Reject, firewall.Return:
				if leaf == no {
					leaf = x.s.verdict(st.Verdict, x.sc)
				}
				return x.keep(leaf), fits
			case firewall.Continue:
				return box{}, empty
			}
			return box{}, misfit
		default:
			return box{}, misfit
		}
	}
	return box{}, empty
}

// expr narrows the box to where a condition holds, or does not.
func (x *boxer) expr(e firewall.Expr, not bool) fit {
	switch e := e.(type) {
	case firewall.Is:
		return x.is(e, not)
	case firewall.All:
		return x.each(e, not, !not)
	case firewall.Any:
		return x.each(e, not, not)
	case firewall.Not:
		return x.expr(e.Expr, !not)
	}
	return misfit
}

// each narrows the box by several conditions. Where one of them is enough, there must not be more.
func (x *boxer) each(list []firewall.Expr, not, together bool) fit {
	switch {
	case together || len(list) == 1:
	case len(list) == 0:
		return empty
	default:
		return misfit
	}
	for _, e := range list {
		if f := x.expr(e, not); f != fits {
			return f
		}
	}
	return fits
}

func (x *boxer) is(e firewall.Is, not bool) fit {
	b := &x.sc.bindings[e.Field]
	switch {
	case untold(e) || b.mode == among:
		return misfit
	case b.mode == known:
		v := b.value
		if e.Mask != (firewall.Value{}) {
			v = v.And(e.Mask)
		}
		if e.Set.Has(v) == not {
			return empty
		}
		return fits
	case e.Mask != (firewall.Value{}) || len(e.Set) > maxBoxRanges:
		return misfit
	}
	ranges := x.classes(b.field, e.Set)
	if not {
		ranges = complement(ranges, low(int(x.s.width[b.field])))
	}
	return x.narrow(x.pos[b.field], b.field, ranges)
}

// classes are the set's ranges in the diagrams' numbers. Those of a set that is not small are the same for all that share it.
func (x *boxer) classes(f firewall.Field, set firewall.Set) []firewall.Range {
	key := setKey{field: f}
	if len(set) > smallSet {
		key.first, key.n = &set[0], len(set)
		if ranges, ok := x.shared[key]; ok {
			return ranges
		}
	}
	start := len(x.slab)
	x.slab = x.s.classes(x.slab, f, set)
	ranges := x.slab[start:len(x.slab):len(x.slab)]
	if key.n > 0 {
		x.shared[key] = ranges
	}
	return ranges
}

// narrow leaves of the field what is in the ranges too.
func (x *boxer) narrow(pos int, f firewall.Field, ranges []firewall.Range) fit {
	i := 0
	for i < len(x.spans) && x.spans[i].pos < pos {
		i++
	}
	known := i < len(x.spans) && x.spans[i].pos == pos
	if known {
		ranges = subtract(ranges, complement(x.spans[i].ranges, low(int(x.s.width[f]))))
	}
	switch {
	case len(ranges) == 0:
		return empty
	case len(ranges) > maxBoxRanges:
		return misfit
	case known:
		x.spans[i].ranges = ranges
	case ranges[0] != firewall.Range{Last: low(int(x.s.width[f]))}:
		x.spans = slices.Insert(x.spans, i, span{pos, ranges})
	}
	return fits
}

// complement is what the ranges leave out of the values up to the last.
func complement(ranges []firewall.Range, last firewall.Value) firewall.Set {
	return subtract(firewall.Set{{Last: last}}, ranges)
}

// row is the box of one row of a tuple.
func (x *boxer) row(fields []firewall.Field, row []firewall.Range) (box, fit) {
	x.spans = x.spans[:0]
	for i, f := range fields {
		if g := x.is(firewall.Is{Field: f, Set: row[i : i+1]}, false); g != fits {
			return box{}, g
		}
	}
	return x.keep(yes), fits
}

// keep is the box that has been narrowed down to.
func (x *boxer) keep(leaf ref) box {
	start := len(x.kept)
	x.kept = append(x.kept, x.spans...)
	return box{x.kept[start:len(x.kept):len(x.kept)], leaf}
}

// around is a box that holds all that a rule may match; empty is that it matches nothing.
func (x *boxer) around(steps []firewall.Step) (box, fit) {
	x.spans = x.spans[:0]
	for _, st := range steps {
		w, ok := st.(firewall.When)
		if !ok {
			break
		}
		if x.s.lacks(w.Expr, x.sc) || !x.within(w.Expr) {
			return box{}, empty
		}
	}
	return x.keep(yes), fits
}

// within narrows the box by those conditions that can be said by one, of all that must hold; false is that nothing is left.
func (x *boxer) within(e firewall.Expr) bool {
	if all, ok := e.(firewall.All); ok {
		for _, y := range all {
			if !x.within(y) {
				return false
			}
		}
		return true
	}
	before := slices.Clone(x.spans)
	switch x.expr(e, false) {
	case empty:
		return false
	case misfit:
		x.spans = append(x.spans[:0], before...)
	}
	return true
}

// in are the box's ranges of a field, up to the last value.
func (b box) in(pos int, last firewall.Value) []firewall.Range {
	for _, sp := range b.spans {
		if sp.pos == pos {
			return sp.ranges
		}
	}
	return firewall.Set{{Last: last}}
}

// holds says whether all of another box is in this one.
func (b box) holds(c box) bool {
	for _, sp := range b.spans {
		i := slices.IndexFunc(c.spans, func(t span) bool { return t.pos == sp.pos })
		if i < 0 {
			return false
		}
		for _, r := range c.spans[i].ranges {
			if whole, _ := covers(sp.ranges, r); !whole {
				return false
			}
		}
	}
	return true
}

// meets says whether two boxes may have a packet in common.
func (b box) meets(c box) bool {
	i, j := 0, 0
	for i < len(b.spans) && j < len(c.spans) {
		switch s, t := b.spans[i], c.spans[j]; {
		case s.pos < t.pos:
			i++
		case t.pos < s.pos:
			j++
		default:
			if !slices.ContainsFunc(s.ranges, func(r firewall.Range) bool { _, partly := covers(t.ranges, r); return partly }) {
				return false
			}
			i++
			j++
		}
	}
	return true
}
