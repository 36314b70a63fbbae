package nftables

import (
	"cmp"
	"slices"
	"strconv"

	"sallyport/internal/firewall"
)

func itoa(n int) string { return strconv.Itoa(n) }

// match is a condition.
func (c *context) match(s *matchStmt) {
	terms := c.terms(s.left)
	right := s.right
	if right.kind == kUnknown {
		c.step(firewall.When{Expr: firewall.Unknown{Why: right.text, At: right.at}})
		return
	}
	if right.kind == kSetRef {
		c.inNamed(s, terms)
		return
	}
	t := terms[0]
	switch {
	case right.kind == kMasked && (len(terms) != 1 || !t.typ.bitmask):
		refuse(right.at, "write a prefix length, or & and the mask before ==", "a mask behind a slash is for flags alone")
	case s.op == "" && len(terms) == 1 && t.typ.bitmask && !t.masked && right.kind == kSet && len(right.list) == 1 && (right.list[0].kind == kSymbol || right.list[0].kind == kBinary):
		// nft takes the braces off a single value, which makes flags of it.
		c.flags(&matchStmt{at: s.at, left: s.left, right: right.list[0]}, t)
		return
	case right.kind == kMasked:
		c.masked(s, t)
		return
	case len(terms) == 1 && t.typ.bitmask && right.kind != kSet && s.op != "==" && s.op != "!=" && (s.op == "!" || s.op == "" && !t.masked):
		c.flags(s, t)
		return
	case s.op == "<" || s.op == ">" || s.op == "<=" || s.op == ">=":
		c.compare(s, terms)
		return
	case s.op == "!":
		refuse(s.at, "write != for not equal", "the operator ! is for flags alone")
	case right.kind == kList && !t.typ.bitmask:
		refuse(right.at, "put the values into braces", "several values of a %s need braces", t.typ.name)
	}
	elems := c.elements(typesOf(terms), right)
	if len(elems) == 0 {
		refuse(right.at, "", "the set is empty")
	}
	for _, e := range elems {
		if e.data != nil {
			refuse(e.at, "write vmap before the braces", "the element has a value, but nothing is mapped here")
		}
	}
	l := lookupOf(elems, typesOf(terms))
	c.learnFrom(s, terms, l.set)
	c.when(s, terms, within(terms, l), l.set)
}

func typesOf(terms []*term) []*datatype {
	types := make([]*datatype, len(terms))
	for i, t := range terms {
		types[i] = t.typ
	}
	return types
}

func (c *context) learnFrom(s *matchStmt, terms []*term, set firewall.Set) {
	if len(terms) != 1 || terms[0].sel == nil || terms[0].masked || s.op != "" && s.op != "==" {
		return
	}
	sel := terms[0].sel
	if s.right.kind != kSet || count(set) == 1 {
		c.learn(sel, set)
	} else if n := sel.name(); c.run.listed {
		return
	} else if n == "meta l4proto" || n == "ip protocol" || n == "ip6 nexthdr" {
		c.several = c.transport == ""
	} else if last := s.right.list[len(s.right.list)-1]; n == "meta nfproto" && last.kind == kSymbol {
		if v, _ := c.constant(terms[0].typ, last); c.net == "" {
			c.learn(sel, firewall.NewSet(firewall.One(v)))
		}
	}
}

// when adds the condition, or what the first packet of a connection meets where that is all there is to say.
func (c *context) when(s *matchStmt, terms []*term, e firewall.Expr, set firewall.Set) {
	not := s.op == "!="
	if len(terms) == 1 && set != nil {
		if holds, known := terms[0].usually(set); known {
			c.step(firewall.Limit{Holds: holds != not, What: terms[0].name})
			return
		}
	}
	if not {
		e = firewall.Not{Expr: e}
	}
	implied := c.take()
	c.differs(s, terms, implied, e, set)
	when := []firewall.Step{firewall.When{Expr: all(implied, e)}}
	c.rule.steps = append(c.rule.steps, func() []firewall.Step { return when })
}

// flags asks whether one of the flags is set; with "!", whether none is.
func (c *context) flags(s *matchStmt, t *term) {
	v, unknown := c.constant(t.typ, s.right)
	if unknown != "" {
		c.step(firewall.When{Expr: firewall.Unknown{Why: unknown, At: s.right.at}})
		return
	}
	u := *t
	u.masked, u.and, u.xor = true, t.and.And(v), t.xor.And(v)
	e := u.in(firewall.Values(0))
	switch {
	case s.op == "!":
	case t.has && t.id == firewall.ConnState:
		e = u.states(firewall.NewSet(firewall.Range{First: firewall.Number(1), Last: t.typ.most()}))
	default:
		e = firewall.Not{Expr: e}
	}
	c.when(&matchStmt{}, nil, e, nil)
}

// masked is "tcp flags syn / fin,syn,rst,ack": of the flags of the mask just these are set.
func (c *context) masked(s *matchStmt, t *term) {
	v, why := c.constant(t.typ, s.right.a)
	mask, why2 := c.constant(t.typ, s.right.b)
	if why+why2 != "" {
		c.step(firewall.When{Expr: firewall.Unknown{Why: why + why2, At: s.right.at}})
		return
	}
	u := *t
	u.masked, u.and = true, t.and.And(mask)
	c.when(&matchStmt{op: s.op}, nil, u.in(firewall.NewSet(firewall.One(v))), nil)
}

// compare is <, >, <= and >=.
func (c *context) compare(s *matchStmt, terms []*term) {
	if len(terms) != 1 || slices.Contains([]exprKind{kSet, kRange, kPrefix, kList, kConcat}, s.right.kind) {
		refuse(s.right.at, "write a range, or != with a set", "%s compares with one value", s.op)
	}
	t := terms[0]
	v, unknown := c.constant(t.typ, s.right)
	if unknown != "" {
		c.step(firewall.When{Expr: firewall.Unknown{Why: cmp.Or(t.why, unknown), At: s.right.at}})
		return
	}
	last := t.typ.most()
	r := firewall.Range{First: v, Last: last}
	switch s.op {
	case "<":
		r = firewall.Range{First: firewall.Value{}, Last: v.Previous()}
		if v == (firewall.Value{}) {
			r = firewall.Range{First: last, Last: v} // nothing
		}
	case "<=":
		r = firewall.Range{First: firewall.Value{}, Last: v}
	case ">":
		r.First = v.Next()
		if v == last {
			r = firewall.Range{First: last, Last: firewall.Value{}} // nothing
		}
	}
	set := firewall.NewSet(r)
	c.when(&matchStmt{}, terms, t.in(set), set)
}

// set is the set or map of a name.
func (c *context) set(e *expr) *setState {
	if e.kind != kSetRef {
		refuse(e.at, "write @ and the name of a set", "this is no set")
	}
	set := c.table.sets[e.text]
	if set == nil {
		refuse(e.at, didYouMean(e.text, names(c.table.sets)), "the table %s %s has no set %q", c.table.family, c.table.name, e.text)
	}
	set.refs++
	if c.rule != nil {
		c.rule.sets = append(c.rule.sets, set)
	}
	return set
}

// match1 checks that what is looked up has the type of the set.
func (c *context) match1(terms []*term, set *setState, e *expr) {
	if len(terms) != len(set.types) {
		refuse(e.at, "", "the set %s has keys of %d parts, not %d", set.name, len(set.types), len(terms))
	}
	for i, t := range terms {
		if a, b := t.typ.name, set.types[i].name; a != b && a != "integer" && b != "integer" && a != "any" && !(a == "iface_index" && b == "ifname") {
			refuse(e.at, "use a set of that type", "the set %s holds %s, not %s", set.name, b, a)
		}
	}
}

// inNamed is a lookup in a named set.
func (c *context) inNamed(s *matchStmt, terms []*term) {
	set := c.set(s.right)
	c.match1(terms, set, s.left)
	not := s.op == "!="
	if s.op != "" && s.op != "==" && !not {
		refuse(s.at, "", "%s does not compare with a set", s.op)
	}
	implied := c.take()
	c.rule.steps = append(c.rule.steps, func() []firewall.Step {
		set.finish()
		if set.filled && len(set.elems) == 0 {
			steps := []firewall.Step{}
			if len(implied) > 0 {
				steps = append(steps, firewall.When{Expr: all(implied)})
			}
			return append(steps, firewall.Limit{Holds: not, What: "@" + set.name + ", which rules fill"})
		}
		e := within(terms, set.all)
		if len(terms) == 1 {
			if holds, known := terms[0].usually(set.all.set); known {
				return []firewall.Step{firewall.Limit{Holds: holds != not, What: terms[0].name}}
			}
		}
		if not {
			e = firewall.Not{Expr: e}
		}
		return []firewall.Step{firewall.When{Expr: all(implied, e)}}
	})
}
