package nftables

import (
	"net/netip"
	"strconv"

	"sallyport/internal/fact"
	"sallyport/internal/firewall"
)

// maxElements bounds what the sets of one script hold together, however they were written.
const maxElements = 1_000_000

// An element is one entry of a set, a map, or of what a match compares with.
type element struct {
	key     []firewall.Range
	any     bool   // the catch-all element
	unknown string // why the key cannot be told
	data    *expr
	at      fact.Span
	value   *mapped
	timed   bool // it has a timeout of its own
}

// constant is one value; unknown says why it cannot be told.
func (c *context) constant(t *datatype, e *expr) (v firewall.Value, unknown string) {
	switch e.kind {
	case kList: // flags
		for _, part := range e.list {
			p, why := c.constant(t, part)
			if why != "" {
				return v, why
			}
			v = v.Xor(p).Xor(v.And(p))
		}
		return v, ""
	case kBinary:
		return c.calculate(t, e)
	case kUnknown:
		return v, e.text
	}
	r, why := c.one(t, e)
	if why == "" && r.First != r.Last {
		refuse(e.at, "", "several values stand where one is expected")
	}
	return r.First, why
}

// calculate is an operation on constants.
func (c *context) calculate(t *datatype, e *expr) (v firewall.Value, unknown string) {
	a, why := c.constant(t, e.a)
	b, why2 := c.constant(t, e.b)
	switch {
	case why != "" || why2 != "":
		return v, why + why2
	case e.text == "&":
		return a.And(b), ""
	case e.text == "|":
		return a.Xor(b).Xor(a.And(b)), ""
	case e.text == "^":
		return a.Xor(b), ""
	case e.text == "<<" && t.bits <= 64:
		return firewall.Value{Lo: a.Lo << min(b.Lo, 64)}.And(t.most()), ""
	case e.text == ">>" && t.bits <= 64:
		return firewall.Value{Lo: a.Lo >> min(b.Lo, 64)}, ""
	}
	return v, "arithmetic on constants"
}

// one is the values of a constant, a range or a prefix.
func (c *context) one(t *datatype, e *expr) (r firewall.Range, unknown string) {
	switch e.kind {
	case kSymbol:
		r, unknown, wrong := t.read(e.text, e.quoted)
		if wrong != "" {
			hint := didYouMean(e.text, names(t.symbols))
			refuse(e.at, hint, "%s", wrong)
		}
		return r, unknown
	case kRange:
		from, why := c.constant(t, e.a)
		to, why2 := c.constant(t, e.b)
		if why+why2 != "" {
			return r, why + why2
		}
		if from.Compare(to) > 0 {
			refuse(e.at, "write the smaller value first", "the range ends before it begins")
		}
		return firewall.Range{First: from, Last: to}, ""
	case kPrefix:
		return c.prefix(t, e)
	case kList, kBinary, kUnknown:
		v, why := c.constant(t, e)
		return firewall.One(v), why
	case kSelector, kMap:
		return r, "the value of another part of the packet"
	}
	refuse(e.at, "", "this is no %s", t.name)
	return r, ""
}

func (c *context) prefix(t *datatype, e *expr) (r firewall.Range, unknown string) {
	n, err := strconv.Atoi(e.text)
	if err != nil || n > t.bits || n < 0 {
		refuse(e.at, "", "a prefix of %s bits is too long for the %s, which has %d", e.text, t.name, t.bits)
	}
	v, why := c.constant(t, e.a)
	if why != "" {
		return r, why
	}
	switch t.name {
	case "ipv4_addr":
		a := netip.AddrFrom4([4]byte{byte(v.Lo >> 24), byte(v.Lo >> 16), byte(v.Lo >> 8), byte(v.Lo)})
		return firewall.Prefix(netip.PrefixFrom(a, n)), ""
	case "ipv6_addr":
		var b [16]byte
		for i := range 8 {
			b[i], b[8+i] = byte(v.Hi>>(56-8*i)), byte(v.Lo>>(56-8*i))
		}
		return firewall.Prefix(netip.PrefixFrom(netip.AddrFrom16(b), n)), ""
	}
	if t.bits > 64 {
		return r, "the prefix of a " + t.name
	}
	rest := uint64(1)<<(t.bits-n) - 1
	return firewall.Range{First: firewall.Number(v.Lo &^ rest), Last: firewall.Number(v.Lo | rest)}, ""
}

// elements is what an expression holds: one value, or those of a set, of a list of sets, of variables in it.
func (c *context) elements(types []*datatype, e *expr) []*element {
	var out []*element
	c.gather(types, e, 0, &out)
	return out
}

func (c *context) gather(types []*datatype, e *expr, depth int, out *[]*element) {
	if depth > maxNesting {
		refuse(e.at, "", "the sets are nested deeper than %d levels", maxNesting)
	}
	switch e.kind {
	case kSet:
		for _, part := range e.list {
			c.gather(types, part, depth+1, out)
		}
		return
	case kElement:
		from := len(*out)
		c.gather(types, e.a, depth+1, out)
		for _, el := range (*out)[from:] {
			if e.b != nil {
				el.data = e.b
			}
			for _, s := range e.stmts {
				p, ok := s.(*plainStmt)
				el.timed = el.timed || ok && p.what == "timeout"
			}
		}
		return
	}
	c.run.count++
	if c.run.count > maxElements {
		refuse(e.at, "", "the sets of the script have more than %d elements", maxElements)
	}
	if e.kind == kAny {
		*out = append(*out, &element{any: true, at: e.at})
		return
	}
	if len(types) == 1 {
		if e.kind == kConcat {
			refuse(e.at, "", "a concatenation stands where one value is expected")
		}
		el := &element{key: make([]firewall.Range, 1), at: e.at}
		el.key[0], el.unknown = c.listedOne(types[0], e)
		*out = append(*out, el)
		return
	}
	c.rows(types, e, out)
}

// listedOne is one; of a listing, a value that is not understood is unknown.
func (c *context) listedOne(t *datatype, e *expr) (r firewall.Range, unknown string) {
	if c.run.listed {
		defer func() {
			if v, ok := recover().(refusal); ok {
				r, unknown = firewall.Range{}, unread(v.err).Why
			}
		}()
	}
	return c.one(t, e)
}

// rows is the elements that a concatenation stands for.
func (c *context) rows(types []*datatype, e *expr, out *[]*element) {
	parts := flat(e, 0)
	if len(parts) != len(types) {
		refuse(e.at, "", "%d values stand where %d are expected, with dots between", len(parts), len(types))
	}
	rows := []*element{{at: e.at}}
	for i, part := range parts {
		var here []*element
		c.gather(types[i:i+1], part, 1, &here)
		var next []*element
		for _, row := range rows {
			for _, h := range here {
				if h.any {
					h.key = []firewall.Range{{Last: types[i].most()}}
				}
				next = append(next, &element{key: append(row.key[:len(row.key):len(row.key)], h.key...), unknown: row.unknown + h.unknown, at: e.at})
			}
		}
		if c.run.count += len(next); c.run.count > maxElements {
			refuse(e.at, "", "the sets of the script have more than %d elements", maxElements)
		}
		rows = next
	}
	*out = append(*out, rows...)
}

// flat is the parts of a concatenation, those of variables in it too.
func flat(e *expr, depth int) []*expr {
	if e.kind != kConcat || depth > maxNesting {
		return []*expr{e}
	}
	var all []*expr
	for _, part := range e.list {
		all = append(all, flat(part, depth+1)...)
	}
	return all
}
