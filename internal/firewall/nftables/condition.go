package nftables

import (
	"sallyport/internal/fact"
	"sallyport/internal/firewall"
)

// A term is what a match looks at: a field, and what is done with its bits before: ((x & and) ^ xor) >> shift.
type term struct {
	*field
	sel      *selector
	at       fact.Span
	masked   bool
	and, xor firewall.Value
	shift    uint
}

// terms are the parts of the left side.
func (c *context) terms(e *expr) []*term {
	if e.kind != kConcat {
		return []*term{c.term(e)}
	}
	var all []*term
	for _, part := range e.list {
		all = append(all, c.term(part))
	}
	return all
}

func (c *context) term(e *expr) *term {
	switch e.kind {
	case kSelector:
		f := c.field(e.sel)
		return &term{field: f, sel: e.sel, at: e.at, and: f.typ.most()}
	case kBinary:
		return c.operate(c.term(e.a), e)
	case kUnknown:
		return &term{field: &field{name: e.text, why: e.text, typ: &datatype{name: "any", bits: 128, parse: anyText}}, at: e.at, and: most(128)}
	}
	refuse(e.at, "", "a value stands where something of the packet is expected")
	return nil
}

// operate lays an operation over a term.
func (c *context) operate(t *term, e *expr) *term {
	v, unknown := c.constant(t.typ, e.b)
	if unknown != "" {
		return &term{field: &field{name: t.name, why: unknown, typ: t.typ}, at: e.at, and: t.and}
	}
	all := t.typ.most()
	if !t.masked {
		t.masked, t.and = true, all
	}
	if t.shift > 0 {
		return &term{field: &field{name: t.name, why: "arithmetic on " + t.name, typ: t.typ}, at: e.at, and: all}
	}
	switch e.text {
	case "&":
		t.and, t.xor = t.and.And(v), t.xor.And(v)
	case "|":
		not := v.Xor(all)
		t.and, t.xor = t.and.And(not), t.xor.And(not).Xor(v)
	case "^":
		t.xor = t.xor.Xor(v)
	case ">>":
		t.shift = uint(min(v.Lo, 128))
	default:
		return &term{field: &field{name: t.name, why: "arithmetic on " + t.name, typ: t.typ}, at: e.at, and: all}
	}
	return t
}

// in holds where the term's value is in the set.
func (t *term) in(set firewall.Set) firewall.Expr {
	if len(set) == 0 {
		return firewall.Any{}
	}
	if !t.masked {
		return t.under(firewall.Value{}, set)
	}
	if t.has && t.id == firewall.ConnState && t.shift == 0 {
		return t.states(set)
	}
	and, xor := t.and, t.xor
	if t.shift > 0 {
		if t.shift >= 64 || t.typ.bits > 64 {
			return firewall.Unknown{Why: "arithmetic on " + t.name, At: t.at}
		}
		low := firewall.Value{Lo: 1<<t.shift - 1}
		clear := low.Xor(most(128))
		and, xor = and.And(clear), xor.And(clear)
		set = shifted(set, t.shift)
	}
	if xor != (firewall.Value{}) {
		var ok bool
		if set, ok = flipped(set, xor); !ok {
			return firewall.Unknown{Why: "arithmetic on " + t.name, At: t.at}
		}
	}
	if and == (firewall.Value{}) { // no bit is left: always zero
		if set.Has(firewall.Value{}) {
			return firewall.All{}
		}
		return firewall.Any{}
	}
	if and == t.typ.most() {
		and = firewall.Value{}
	}
	return t.under(and, set)
}

// states names the states of which the bits that the term leaves are in the set; a packet has one state.
func (t *term) states(set firewall.Set) firewall.Expr {
	var found []uint8
	for _, s := range [...]uint8{firewall.StateInvalid, firewall.StateEstablished, firewall.StateRelated, firewall.StateNew, firewall.StateUntracked} {
		if set.Has(firewall.Number(s).And(t.and).Xor(t.xor)) {
			found = append(found, s)
		}
	}
	return firewall.Is{Field: firewall.ConnState, Set: firewall.Values(found...)}
}

func shifted(set firewall.Set, by uint) firewall.Set {
	var ranges []firewall.Range
	for _, r := range set {
		if r.First.Hi > 0 || r.First.Lo<<by>>by != r.First.Lo {
			continue
		}
		last := r.Last.Lo
		if r.Last.Hi > 0 || last<<by>>by != last {
			last = ^uint64(0) >> by
		}
		ranges = append(ranges, firewall.Range{First: firewall.Value{Lo: r.First.Lo << by}, Last: firewall.Value{Lo: last << by}})
	}
	return firewall.NewSet(ranges...)
}

// flipped is the values that lie in the set once some bits are turned.
func flipped(set firewall.Set, xor firewall.Value) (firewall.Set, bool) {
	if count(set) > 1<<12 {
		return nil, false
	}
	var ranges []firewall.Range
	for _, r := range set {
		for v := r.First; ; v = v.Next() {
			ranges = append(ranges, firewall.One(v.Xor(xor)))
			if v == r.Last {
				break
			}
		}
	}
	return firewall.NewSet(ranges...), true
}

// under holds where the field with the mask laid over it is in the set.
func (t *term) under(mask firewall.Value, set firewall.Set) firewall.Expr {
	switch {
	case t.is != nil:
		return located(t.is(mask, set), t.at)
	case t.has && t.id == firewall.ConnStatus && mask == (firewall.Value{}) && len(set) == 1 && set[0].First == set[0].Last:
		// Not all of the bits are known: where one that is says no, the rest need not be asked.
		v := set[0].First
		return firewall.All{firewall.Is{Field: t.id, Mask: v, Set: set}, firewall.Is{Field: t.id, Set: set}}
	case t.has:
		return firewall.Is{Field: t.id, Mask: mask, Set: set}
	case mask == (firewall.Value{}) && len(set) == 1 && set[0].First == (firewall.Value{}) && set[0].Last == t.typ.most():
		return firewall.All{}
	}
	return firewall.Unknown{Why: t.why, At: t.at}
}

// located gives the unknowns in an expression their place.
func located(e firewall.Expr, at fact.Span) firewall.Expr {
	switch e := e.(type) {
	case firewall.Unknown:
		if e.At == (fact.Span{}) {
			e.At = at
		}
		return e
	case firewall.All:
		for i := range e {
			e[i] = located(e[i], at)
		}
	case firewall.Any:
		for i := range e {
			e[i] = located(e[i], at)
		}
	}
	return e
}

// usually says whether the first packet of a connection meets "the term is in the set", where that is known though the field is not.
func (t *term) usually(set firewall.Set) (holds, known bool) {
	if !t.usual || t.shift > 0 || t.boolean && len(set) > 0 && set[len(set)-1].Last.Compare(firewall.Number(1)) > 0 {
		return false, false
	}
	mask := t.and
	if !t.masked {
		mask = t.typ.most()
	}
	if mask.Lo&t.unusual != 0 {
		return false, false
	}
	return set.Has(t.value.And(mask).Xor(t.xor)), true
}

// all joins conditions, without needless nesting.
func all(implied []firewall.Expr, more ...firewall.Expr) firewall.Expr {
	list := append(append(firewall.All{}, implied...), more...)
	if len(list) == 1 {
		return list[0]
	}
	return list
}
