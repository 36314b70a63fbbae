package nftables

import (
	"sallyport/internal/fact"
	"sallyport/internal/firewall"
)

// An outcome is a verdict whose chain is known by its state.
type outcome struct {
	kind      firewall.VerdictKind
	chain     *chainState
	why, with string
}

func (o *outcome) verdict() firewall.Verdict {
	v := firewall.Verdict{Kind: o.kind, Why: o.why, With: o.with}
	if o.chain != nil {
		v.Chain = o.chain.out
	}
	return v
}

// rule is what the statements of a rule mean.
func (r *run) rule(t *tableState, src *ruleSrc) (rule *ruleState) {
	rule = &ruleState{src: src} // named, so that it is what is returned where a doubt ends it
	c := newContext(r, t, rule)
	if r.listed {
		defer c.doubt()
	}
	for i, s := range src.stmts {
		c.statement(s)
		if i < len(src.stmts)-1 && ends(s) {
			refuse(src.stmts[i+1].place(), "take it out, or put it before the verdict", "the statement stands after the verdict and has no effect")
		}
	}
	c.compareTogether()
	return rule
}

// doubt ends a rule of a listing at what is not understood of it: it may do anything then.
func (c *context) doubt() {
	switch v := recover().(type) {
	case nil:
	case refusal:
		c.step(firewall.Decide{Verdict: firewall.Verdict{Kind: firewall.Undecided, Why: unread(v.err).Why}})
	default:
		panic(v)
	}
}

// ends says whether a statement is a verdict, after which nft refuses others.
func ends(s stmt) bool {
	switch s := s.(type) {
	case *verdictStmt:
		return s.kind != "continue" && s.inline == nil
	case *rejectStmt, *natStmt:
		return true
	case *opaqueStmt:
		return s.final && s.proto == ""
	}
	return false
}

// step adds a step that is known at once, after the conditions that wait.
func (c *context) step(steps ...firewall.Step) {
	c.later(func() []firewall.Step { return steps })
}

// later adds steps that are known when all sets are complete.
func (c *context) later(steps func() []firewall.Step) {
	if implied := c.take(); len(implied) > 0 {
		when := []firewall.Step{firewall.When{Expr: all(implied)}}
		c.rule.steps = append(c.rule.steps, func() []firewall.Step { return when })
	}
	c.rule.steps = append(c.rule.steps, steps)
}

func (c *context) need(at fact.Span, what, kind string, hooks ...firewall.Hook) {
	if c.rule != nil {
		c.rule.needs = append(c.rule.needs, need{what, at, kind, hooks})
	}
}

func (c *context) statement(s stmt) {
	if _, ok := s.(*matchStmt); !ok {
		c.compareTogether()
	}
	switch s := s.(type) {
	case *matchStmt:
		c.match(s)
	case *verdictStmt:
		if s.kind == "continue" {
			return // with the next statement, or the next rule
		}
		o := c.verdict(s)
		c.later(func() []firewall.Step { return []firewall.Step{firewall.Decide{Verdict: o.verdict()}} })
	case *vmapStmt:
		c.vmap(s)
	case *limitStmt:
		c.limit(s)
	case *quotaStmt:
		c.quota(s)
	case *objectStmt:
		c.object(s)
	case *rejectStmt:
		c.reject(s)
	case *natStmt:
		c.nat(s)
	case *mangleStmt:
		c.mangle(s)
	case *untrackStmt:
		if s.why != "" {
			c.step(firewall.When{Expr: firewall.Unknown{Why: s.why, At: s.at}}, firewall.Untrack{})
			return
		}
		c.step(firewall.Untrack{})
	case *dynamicStmt:
		c.dynamic(s)
	case *opaqueStmt:
		c.opaque(s)
	}
}

func (c *context) opaque(s *opaqueStmt) {
	if s.check != nil {
		s.check(c)
	}
	switch {
	case s.why == "":
		return
	case s.proto != "":
		c.tracking(s.at, s.why)
		c.carry(s.proto, s.at)
		c.need(s.at, s.why, "", firewall.Input, firewall.Forward)
	}
	if s.final {
		c.step(firewall.Decide{Verdict: firewall.Verdict{Kind: firewall.Undecided, Why: s.why}})
	} else {
		c.step(firewall.When{Expr: firewall.Unknown{Why: s.why, At: s.at}})
	}
}

// verdict is what a verdict statement says; a chain in braces becomes a chain without a name.
func (c *context) verdict(s *verdictStmt) *outcome {
	switch s.kind {
	case "accept":
		return &outcome{kind: firewall.Accept}
	case "drop":
		return &outcome{kind: firewall.Drop}
	case "return":
		return &outcome{kind: firewall.Return}
	case "continue":
		return &outcome{kind: firewall.Continue}
	case "queue":
		return &outcome{kind: firewall.Undecided, why: "queue to a program"}
	}
	o := &outcome{kind: firewall.Jump}
	if s.kind == "goto" {
		o.kind = firewall.Goto
	}
	if s.inline != nil {
		o.chain = c.inline(s)
	} else {
		o.chain = c.target(s)
	}
	o.chain.refs++
	return o
}

func (c *context) target(s *verdictStmt) *chainState {
	if s.target.kind != kSymbol {
		refuse(s.target.at, "", "this is no name of a chain")
	}
	chain := c.table.chains[s.target.text]
	if chain == nil {
		refuse(s.target.at, didYouMean(s.target.text, names(c.table.chains)), "the table %s %s has no chain %q", c.table.family, c.table.name, s.target.text)
	}
	if chain.hook != nil {
		refuse(s.target.at, "jump to a chain without a hook", "%q is a base chain, to which no rule can jump", s.target.text)
	}
	if c.rule != nil {
		c.rule.jumps = append(c.rule.jumps, jump{chain, s.at})
	}
	return chain
}

func (c *context) inline(s *verdictStmt) *chainState {
	chain := &chainState{table: c.table, name: "(line " + itoa(s.at.Line) + ")", at: s.at, anonymous: true}
	c.table.next()
	c.table.order = append(c.table.order, chain)
	for _, src := range s.inline.rules {
		chain.rules = append(chain.rules, c.run.rule(c.table, src))
		c.table.next()
	}
	c.rule.inline = append(c.rule.inline, chain)
	c.rule.jumps = append(c.rule.jumps, jump{chain, s.at})
	return chain
}

func (c *context) limit(s *limitStmt) {
	over, what := s.over, s.what
	if what == "ct count" {
		c.tracking(s.at, what)
	}
	if s.ref != nil {
		o, ok := c.named(s.object, s.ref)
		if !ok {
			return
		}
		over, what = o.over, s.object+" "+s.ref.text
	}
	c.step(firewall.Limit{Holds: !over, What: what})
}

// Packets are at least as long as the IPv4 header: a quota of so many bytes is spent by the first one.
const shortest = 20

func (c *context) quota(s *quotaStmt) {
	over, bytes, used, what := s.over, s.bytes, s.used, "quota"
	if s.ref != nil {
		o, ok := c.named("quota", s.ref)
		if !ok {
			return
		}
		over, bytes, used, what = o.over, o.bytes, o.used, "quota "+s.ref.text
	}
	spent := used >= bytes || bytes-used <= shortest
	c.step(firewall.Limit{Holds: spent == over, What: what})
}

// named is the object of a name; where a map tells which, the map's keys are a condition and ok is false.
func (c *context) named(kind string, ref *expr) (o *objectSrc, ok bool) {
	if ref.kind == kMap {
		c.lookup(ref, []*datatype{datatypes["string"]}, kind)
		if kind == "limit" || kind == "quota" {
			c.step(firewall.When{Expr: firewall.Unknown{Why: "a " + kind + " by map", At: ref.at}})
		}
		return nil, false
	}
	o = c.table.objects[kind+" "+ref.text]
	if o == nil {
		refuse(ref.at, "", "the table %s %s has no %s %q", c.table.family, c.table.name, kind, ref.text)
	}
	return o, true
}

func (c *context) object(s *objectStmt) { c.named(s.kind, s.ref) }

// dynamic is a statement that writes into a set: its key needs packets that have it, its limits count per key.
func (c *context) dynamic(s *dynamicStmt) {
	terms := c.terms(s.key)
	if s.set != nil {
		set := c.set(s.set)
		c.match1(terms, set, s.key)
		set.filled = set.filled || s.op != "delete"
		c.counted(set, s)
		if set.constant || set.interval {
			refuse(s.set.at, "take the flags constant and interval from the set", "rules cannot write into the set %s", set.name)
		}
	}
	if s.data != nil && s.data.kind == kSelector {
		c.field(s.data.sel)
	}
	for _, inner := range s.stmts {
		c.statement(inner)
	}
	c.step()
}

// counted looks at the limits that count per element. An element keeps the limit of the rule that made it: where rules with
// opposite limits fill one set, only those that agree with the first are sure.
func (c *context) counted(set *setState, s *dynamicStmt) {
	for _, inner := range s.stmts {
		l, ok := inner.(*limitStmt)
		if !ok {
			continue
		}
		if l.what == "ct count" && set.timeout {
			refuse(l.at, "take the timeout from the set", "the elements of the set %s have timeouts and cannot count connections", set.name)
		}
		if set.limited == nil {
			set.limited = &l.over
		}
		if *set.limited != l.over {
			c.step(firewall.When{Expr: firewall.Unknown{Why: "which rule's limit an element of @" + set.name + " has", At: s.at}})
		}
	}
}
