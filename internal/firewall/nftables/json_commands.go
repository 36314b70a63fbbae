package nftables

import (
	"slices"
	"strconv"
	"strings"
)

// commands are the parts of the ruleset, as the commands that would make them.
func (j *jsonReader) commands(all *node, r *run) []*command {
	var out []*command
	for _, n := range all.list {
		func() {
			defer r.note()
			out = append(out, j.command(n)...)
		}()
	}
	return out
}

func (j *jsonReader) command(n *node) []*command {
	if n.kind != '{' || len(n.keys) != 1 {
		refuse(j.where(n), "", "an entry of the list is no object with one key")
	}
	verb, object, v := "add", n.keys[0], n.list[0]
	if slices.Contains(verbs, object) {
		if v.kind != '{' || len(v.keys) != 1 {
			refuse(j.where(v), "", "%s is not about one thing", object)
		}
		verb, object, v = object, v.keys[0], v.list[0]
	}
	if object == "metainfo" || verb == "list" {
		return nil
	}
	c := &command{at: j.where(n), verb: verb, object: object, index: -1}
	c.name = name{family: v.str("family"), table: v.str("table"), name: v.str("name"), at: c.at, tableAt: c.at}
	c.handle = j.count(v, "handle")
	switch object {
	case "ruleset":
		return []*command{c}
	case "table":
		c.name.table, c.name.name = v.str("name"), ""
		j.table(c, v)
	case "chain":
		j.chain(c, v)
		c.to = v.str("newname")
	case "rule":
		c.name.name = v.str("chain")
		j.ruleCommand(c, v)
	case "set", "map":
		return j.set(c, v)
	case "element":
		c.expr = j.elements(v.get("elem"), true)
	case "flowtable":
	case "counter", "quota", "limit", "ct helper", "ct timeout", "ct expectation", "secmark", "synproxy", "tunnel":
		c.objects = &objectSrc{kind: object, over: v.yes("inv"), bytes: j.count(v, "bytes"), used: j.count(v, "used")}
	default:
		refuse(c.at, "", "a ruleset has no part %q", object)
	}
	if !slices.Contains(families, c.name.family) && object != "ruleset" {
		refuse(c.at, "", "the family %q is none", c.name.family)
	}
	return []*command{c}
}

func (j *jsonReader) count(n *node, key string) uint64 {
	u, _ := strconv.ParseUint(n.str(key), 10, 64)
	return u
}

// flagsOf reads flags, a word or a list of them.
func (j *jsonReader) flagsOf(n *node) []flagSrc {
	var all []flagSrc
	switch {
	case n == nil:
	case n.kind == 's':
		all = append(all, flagSrc{n.text, j.where(n)})
	default:
		for _, f := range n.list {
			all = append(all, flagSrc{f.text, j.where(f)})
		}
	}
	return all
}

// table reads a table. Where the flag of a dormant table should stand, nft 1.0.6 prints what else of the ruleset lies in
// the memory that it forgot to keep: a word, a number, a statement.
func (j *jsonReader) table(c *command, v *node) {
	c.table = &tableBlock{}
	flags := v.get("flags")
	if flags == nil {
		return
	}
	known := j.flagsOf(flags)
	stray := func(f flagSrc) bool { return !slices.Contains([]string{"dormant", "owner", "persist"}, f.text) }
	if len(known) == 0 && flags.kind != '[' || slices.ContainsFunc(known, stray) {
		known = []flagSrc{{"dormant", j.where(flags)}}
	}
	c.table.flags = known
}

func (j *jsonReader) chain(c *command, v *node) {
	c.chain = &chainBlock{policy: v.str("policy"), policyAt: c.at}
	if v.get("hook") == nil {
		return
	}
	h := &hookSrc{at: c.at, kind: v.str("type"), hook: v.str("hook"), prioAt: c.at, typAt: c.at, hookAt: c.at, lossy: true}
	h.prio, _ = strconv.Atoi(v.str("prio"))
	for _, d := range j.flagsOf(v.get("dev")) {
		h.devices = append(h.devices, d.text)
	}
	c.chain.hook = h
}

func (j *jsonReader) ruleCommand(c *command, v *node) {
	if i := v.get("index"); i != nil {
		c.index = int(j.count(v, "index"))
	}
	if c.verb == "add" {
		c.handle = 0
	}
	src := &ruleSrc{at: c.at, comment: v.str("comment")}
	if k := v.strange("family", "table", "chain", "handle", "index", "comment", "expr", "position"); k != "" {
		src.stmts = append(src.stmts, &opaqueStmt{at: c.at, why: "the key " + strconv.Quote(k) + " of a rule"})
	}
	if e := v.get("expr"); e != nil {
		for i, s := range e.list {
			src.stmts = append(src.stmts, j.statement(s, i == len(e.list)-1))
		}
	}
	src.text = render(src.stmts)
	c.rule = src
}

// set declares a set or map, and adds its elements.
func (j *jsonReader) set(c *command, v *node) []*command {
	b := &setBlock{isMap: c.object == "map", autoMerge: v.yes("auto-merge"), flags: j.flagsOf(v.get("flags")), keyAt: c.at}
	b.key = j.types(v.get("type"))
	if m := v.get("map"); b.isMap && m != nil {
		switch {
		case m.kind == 's' && (slices.Contains([]string{"counter", "quota", "limit", "secmark", "synproxy"}, m.text) || strings.HasPrefix(m.text, "ct ")):
			b.object = m.text
		default:
			b.data = j.types(m)
		}
	}
	c.set = b
	out := []*command{c}
	if e := v.get("elem"); e != nil {
		c2 := *c
		c2.object, c2.set, c2.expr = "element", nil, j.elements(e, b.isMap)
		out = append(out, &c2)
	}
	return out
}

// types reads the type of a set: a name, several, or an expression that has it.
func (j *jsonReader) types(n *node) []typeRef {
	switch {
	case n == nil:
		return nil
	case n.kind == 's':
		var all []typeRef
		for _, part := range strings.Split(n.text, " . ") {
			all = append(all, typeRef{name: part, at: j.where(n)})
		}
		return all
	case n.kind == '[':
		var all []typeRef
		for _, part := range n.list {
			all = append(all, j.types(part)...)
		}
		return all
	case n.get("typeof") != nil:
		e := j.expr(n.get("typeof"), false)
		if e.kind == kConcat {
			var all []typeRef
			for _, part := range e.list {
				all = append(all, typeRef{of: part, at: part.at})
			}
			return all
		}
		return []typeRef{{of: e, at: e.at}}
	}
	return []typeRef{{name: "", at: j.where(n)}}
}

// elements reads the elements of a set or map.
func (j *jsonReader) elements(n *node, isMap bool) *expr {
	if n == nil {
		return &expr{kind: kSet}
	}
	if n.kind != '[' {
		return &expr{kind: kSet, at: j.where(n), list: []*expr{j.element(n, isMap)}}
	}
	e := &expr{kind: kSet, at: j.where(n)}
	for _, part := range n.list {
		e.list = append(e.list, j.element(part, isMap))
	}
	return e
}

func (j *jsonReader) element(n *node, isMap bool) *expr {
	if isMap && n.kind == '[' && len(n.list) == 2 {
		return &expr{kind: kElement, at: j.where(n), a: j.key(n.list[0]), b: j.expr(n.list[1], false)}
	}
	return j.key(n)
}

// key reads the key of an element, which may come with a timeout, a comment and the like.
func (j *jsonReader) key(n *node) *expr {
	if e := n.get("elem"); e != nil {
		if k := e.strange("val", "timeout", "expires", "comment", "counter", "limit", "quota", "last", "ct count"); k != "" {
			return &expr{kind: kUnknown, text: "the key " + strconv.Quote(k) + " of an element", at: j.where(n)}
		}
		if v := e.get("val"); v != nil {
			return j.expr(v, false)
		}
	}
	return j.expr(n, false)
}
