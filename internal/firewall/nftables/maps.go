package nftables

import (
	"fmt"
	"slices"
	"strings"

	"sallyport/internal/firewall"
)

// anonymous makes the set of a map that stands in a rule.
func (c *context) anonymous(e *expr, types []*datatype) *setState {
	s := &setState{name: "(line " + itoa(e.at.Line) + ")", types: types, isMap: true, anonymous: true, interval: true, index: make(map[elementKey]*element), at: e.at}
	c.table.next()
	return s
}

// mapOf is the map of an expression, with its elements read by the types of key and data.
func (c *context) mapOf(e *expr, terms []*term, data []*datatype, verdicts bool, object string) *setState {
	if e.kind == kSetRef {
		s := c.set(e)
		if !s.isMap || s.verdicts != verdicts || (s.object != "") != (object != "") {
			refuse(e.at, "", "%s is not a map of what is needed here", s.name)
		}
		c.match1(terms, s, e)
		if !verdicts && object == "" && len(s.data) != len(data) {
			refuse(e.at, "", "the map %s has values of %d parts, not %d", s.name, len(s.data), len(data))
		}
		return s
	}
	if e.kind != kSet {
		refuse(e.at, "", "a map stands in braces, or is named with @")
	}
	s := c.anonymous(e, typesOf(terms))
	s.data, s.verdicts, s.object = data, verdicts, object
	c.fill(s, e, false)
	if bad := s.conflict(); bad != nil {
		refuse(bad.at, "make the intervals disjoint", "the interval overlaps another of the map")
	}
	c.rule.sets = append(c.rule.sets, s)
	s.refs++
	return s
}

// fill reads elements into a set.
func (c *context) fill(s *setState, e *expr, create bool) []*element {
	elems := c.elements(s.types, e)
	for _, el := range elems {
		switch {
		case el.timed && !s.timeout && !s.anonymous:
			refuse(el.at, `add "flags timeout" to the set`, "the elements of the set %s have no timeouts", s.name)
		case s.isMap && el.data == nil:
			refuse(el.at, "write a colon and the value behind the key", "the element of the map %s has no value", s.name)
		case !s.isMap && el.data != nil:
			refuse(el.at, "declare it as a map", "%s is a set, whose elements have no values", s.name)
		case s.isMap:
			el.value = c.mappedTo(s, el.data)
		}
	}
	s.add(elems, create)
	return elems
}

// mappedTo is the value of an element.
func (c *context) mappedTo(s *setState, e *expr) *mapped {
	if s.verdicts {
		v := e.verdict
		if e.kind == kSymbol && verdicts[e.text] {
			v = &verdictStmt{at: e.at, kind: e.text}
		}
		if v == nil {
			refuse(e.at, "write accept, drop, jump or the like", "the value is no verdict")
		}
		rule := c.rule
		c.rule = nil
		defer func() { c.rule = rule }()
		if v.inline != nil {
			refuse(e.at, "name the chain", "a map cannot hold a chain in braces")
		}
		return &mapped{verdict: c.verdict(v)}
	}
	if e.kind == kVerdict {
		refuse(e.at, "", "a verdict stands where a value is expected")
	}
	if s.object != "" {
		c.named(s.object, e)
		return &mapped{}
	}
	m := &mapped{}
	parts := flat(e, 0)
	if len(parts) != len(s.data) {
		refuse(e.at, "", "the value has %d parts where %d are expected", len(parts), len(s.data))
	}
	for i, part := range parts {
		r, why := c.one(s.data[i], part)
		m.values = append(m.values, r)
		m.unknown += why
	}
	return m
}

// vmap is a verdict by map.
func (c *context) vmap(s *vmapStmt) {
	terms := c.terms(s.key)
	set := c.mapOf(s.set, terms, nil, true, "")
	if stmts := c.rule.src.stmts; stmts[len(stmts)-1] != stmt(s) {
		for _, el := range set.elems {
			if el.value.verdict.kind == firewall.Continue {
				c.opaque(&opaqueStmt{at: s.at, why: "statements behind a verdict map that goes on", final: true})
				return
			}
		}
	}
	key := c.signature(terms)
	c.later(func() []firewall.Step {
		cases, made := set.cases[key]
		if !made {
			set.finish()
			for _, g := range set.group() {
				cases = append(cases, firewall.Case{When: within(terms, g.all), Verdict: g.value.verdict.verdict()})
			}
			if set.cases == nil {
				set.cases = make(map[string][]firewall.Case)
			}
			set.cases[key] = cases
		}
		return []firewall.Step{firewall.Branch{Cases: cases}}
	})
}

// signature is equal for terms that mean the same: rules that look up the same in one map share what comes of it.
func (c *context) signature(terms []*term) string {
	key := c.net + " " + c.transport
	for _, t := range terms {
		key += fmt.Sprint(" . ", t.name, t.masked, t.and, t.xor, t.shift)
	}
	return key
}

// A choice is the map that a value comes from.
type choice struct {
	terms []*term
	set   *setState
	any   bool // the key is as good as random: each value may come
}

// lookup reads "key map { ... }".
func (c *context) lookup(e *expr, data []*datatype, object string) *choice {
	terms := c.terms(e.a)
	ch := &choice{terms: terms, set: c.mapOf(e.b, terms, data, false, object)}
	if s := e.a.sel; s != nil && s.class == "other" {
		ch.any = strings.HasPrefix(s.field, "numgen") || strings.HasSuffix(s.field, "hash")
	}
	if object != "" {
		c.later(func() []firewall.Step {
			ch.set.finish()
			return []firewall.Step{firewall.When{Expr: within(terms, ch.set.all)}}
		})
	}
	return ch
}

// mangle writes something: marks count, what the model has not decides nothing, and addresses and ports that are
// overwritten leave the packet's fate open.
func (c *context) mangle(s *mangleStmt) {
	sel := s.left.sel
	if sel == nil {
		refuse(s.left.at, "", "this cannot be set")
	}
	if sel.class == "ct" {
		c.tracking(s.at, sel.name())
	}
	switch name := sel.name(); {
	case name == "meta mark":
		c.assign(s, firewall.Mark)
	case name == "ct mark":
		c.assign(s, firewall.ConnMark)
	case sel.class == "ct":
		if _, known := ctFields[sel.field]; !known && sel.field != "timeout" && sel.field != "expectation" {
			refuse(sel.at, "", "ct has no key %q", sel.field)
		}
	case sel.class == "meta":
		c.meta(sel)
		c.take()
		if sel.field == "pkttype" {
			c.opaque(&opaqueStmt{at: s.at, why: "the packet type is overwritten", final: true})
		}
	default:
		f := c.field(sel)
		if f.has && f.id != firewall.TCPFlags || sel.class == "raw" {
			c.step(firewall.Decide{Verdict: firewall.Verdict{Kind: firewall.Undecided, Why: f.name + " is overwritten"}})
			return
		}
		c.step()
	}
}

// assign writes a mark.
func (c *context) assign(s *mangleStmt, target firewall.Field) {
	if s.value.kind == kMap {
		ch := c.lookup(s.value, []*datatype{datatypes["mark"]}, "")
		c.later(func() []firewall.Step {
			ch.set.finish()
			step := firewall.Assign{Field: target}
			for _, g := range ch.set.group() {
				ac := firewall.AssignCase{When: within(ch.terms, g.all), From: target, Why: g.value.unknown}
				if len(g.value.values) == 1 {
					ac.Xor = g.value.values[0].First
				}
				if ch.any {
					ac = firewall.AssignCase{When: firewall.All{}, From: target, Why: "a mark by chance"}
				}
				step.Cases = append(step.Cases, ac)
			}
			return []firewall.Step{step}
		})
		return
	}
	ac := c.affine(s.value, target)
	ac.When = firewall.All{}
	c.step(firewall.Assign{Field: target, Cases: []firewall.AssignCase{ac}})
}

// affine is a value made of a mark by bit operations.
func (c *context) affine(e *expr, target firewall.Field) firewall.AssignCase {
	mark := datatypes["mark"]
	if !ofPacket(e) {
		v, why := c.constant(mark, e)
		return firewall.AssignCase{From: target, Xor: v, Why: why}
	}
	t := c.term(e)
	if !t.has || t.shift > 0 || t.id != firewall.Mark && t.id != firewall.ConnMark {
		return firewall.AssignCase{From: target, Why: "a mark made of " + t.name}
	}
	return firewall.AssignCase{From: t.id, And: t.and, Xor: t.xor}
}

// ofPacket says whether the expression has something of the packet in it.
func ofPacket(e *expr) bool {
	if e == nil {
		return false
	}
	return e.kind == kSelector || ofPacket(e.a) || ofPacket(e.b) || slices.ContainsFunc(e.list, ofPacket)
}
