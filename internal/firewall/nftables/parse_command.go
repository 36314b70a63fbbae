package nftables

import (
	"slices"
)

var (
	families = []string{"ip", "ip6", "inet", "arp", "bridge", "netdev"}
	verbs    = []string{"add", "create", "insert", "replace", "delete", "destroy", "flush", "rename", "reset", "list", "get", "monitor", "describe", "export", "import"}
	objects  = []string{"table", "chain", "rule", "set", "map", "element", "flowtable", "counter", "quota", "limit", "secmark", "synproxy", "ct"}
	// named are the objects that have a block of their own in a table.
	named = []string{"counter", "quota", "limit", "secmark", "synproxy", "tunnel"}
)

// script reads commands and hands each to run; the first that does not follow the grammar ends it.
func (p *parser) script(run func(*command)) {
	p.next()
	for {
		for p.tok.kind == tNewline || p.is(";") {
			p.next()
		}
		if p.tok.kind == tEnd {
			return
		}
		if p.common() {
			continue
		}
		if c := p.command(); c != nil {
			run(c)
		}
	}
}

func (p *parser) command() *command {
	c := &command{at: p.tok.at, verb: "add", index: -1}
	if p.tok.kind == tWord && slices.Contains(verbs, p.tok.text) {
		c.verb = p.tok.text
		p.next()
	}
	switch c.verb {
	case "list", "get", "monitor", "describe", "export", "import":
		for !p.atSeparator() {
			p.next()
		}
		p.separator()
		p.listing = false
		return nil
	}
	p.listing = p.listing && c.verb == "add" && p.is("table")
	p.object(c)
	c.at = p.to(c.at)
	p.separator()
	return c
}

// object reads what a command is about.
func (p *parser) object(c *command) {
	c.object = "rule"
	if p.tok.kind == tWord && (slices.Contains(objects, p.tok.text) || c.verb == "flush" && p.is("ruleset") || c.verb != "add" && p.isAny("meter", "counters", "quotas", "tables", "chains", "sets", "maps", "rules")) {
		c.object = p.tok.text
		p.next()
	} else if c.verb != "add" && c.verb != "insert" && c.verb != "replace" {
		p.unexpected("what to " + c.verb)
	}
	if c.object == "ct" {
		c.object = "ct " + p.str("what kind of ct object")
	}
	switch c.object {
	case "ruleset":
		if slices.Contains(families, p.tok.text) {
			c.name.family = p.tok.text
			p.next()
		}
	case "table":
		c.name = p.names(2)
		if c.name.table == "" {
			c.handle = p.handle()
		} else if p.is("{") && (c.verb == "add" || c.verb == "create") {
			c.table = p.tableBlock()
		}
	case "chain":
		p.chainCommand(c)
	case "rule":
		p.ruleCommand(c)
	case "counters", "quotas", "tables", "chains", "sets", "maps", "rules":
		for !p.atSeparator() {
			p.next()
		}
	default:
		p.setCommand(c)
	}
}

// names reads a family, a table and what is in it; 2 of them for a table alone.
func (p *parser) names(parts int) name {
	n := name{family: "ip", at: p.tok.at}
	if p.tok.kind == tWord && slices.Contains(families, p.tok.text) {
		n.family = p.tok.text
		p.next()
		n.at = p.tok.at
	}
	if parts == 2 && p.is("handle") {
		return n
	}
	n.tableAt, n.at = p.tok.at, p.tok.at
	n.table = p.identifier("a table")
	if parts == 3 && !p.is("handle") {
		n.at = p.tok.at
		n.name = p.identifier("what is in the table")
	}
	return n
}

func (p *parser) handle() uint64 {
	p.expect("handle")
	return p.number()
}

func (p *parser) chainCommand(c *command) {
	c.name = p.names(3)
	switch {
	case c.name.name == "":
		c.handle = p.handle()
	case c.verb == "rename":
		c.to = p.identifier("a chain")
	case p.is("{") && (c.verb == "add" || c.verb == "create"):
		c.chain = p.chainBlock()
	case p.is("{") && c.verb == "delete":
		p.chainBlock() // devices to take off a netdev chain
	}
}

func (p *parser) ruleCommand(c *command) {
	if c.verb == "reset" {
		for !p.atSeparator() {
			p.next()
		}
		return
	}
	c.name = p.names(3)
	for p.isAny("position", "handle", "index") {
		index := p.is("index")
		p.next()
		if index && c.verb != "add" && c.verb != "insert" && c.verb != "create" {
			refuse(p.last, "write handle and the rule's handle", "a rule to %s is not told by its index", c.verb)
		}
		if n := p.number(); index {
			c.index = int(min(n, 1<<30))
		} else {
			c.handle = n
		}
	}
	if c.verb == "delete" || c.verb == "destroy" {
		return
	}
	c.rule = p.rule()
}

func (p *parser) setCommand(c *command) {
	c.name = p.names(3)
	if c.name.name == "" {
		c.handle = p.handle()
		return
	}
	switch c.object {
	case "set", "map":
		if c.verb == "add" || c.verb == "create" {
			c.set = p.setBlock(c.object == "map")
		}
	case "element":
		c.expr = p.elements()
	case "flowtable":
		if p.is("{") {
			p.block()
		}
	case "meter":
	default:
		if c.verb == "add" || c.verb == "create" {
			c.objects = p.namedObject(c.object)
		}
	}
}

// block goes over a block that decides nothing.
func (p *parser) block() {
	defer p.deeper()()
	p.expect("{")
	for !p.accept("}") {
		switch {
		case p.tok.kind == tEnd:
			p.unexpected(`"}"`)
		case p.is("{"):
			p.block()
		default:
			p.next()
		}
	}
}

func (p *parser) tableBlock() *tableBlock {
	defer p.enter()()
	t := new(tableBlock)
	p.expect("{")
	for !p.accept("}") {
		switch {
		case p.tok.kind == tNewline || p.is(";"):
			p.next()
		case p.tok.kind == tEnd:
			p.unexpected(`"}"`)
		case p.common():
		case p.is("flags"):
			t.flagsAt = p.tok.at
			p.next()
			t.flags = append(t.flags, p.flags()...)
			p.separator()
		case p.is("comment"):
			p.next()
			p.str("the comment")
			p.separator()
		default:
			t.items = append(t.items, p.tableItem())
			p.separator()
		}
	}
	return t
}

// flags reads names between commas.
func (p *parser) flags() []flagSrc {
	var all []flagSrc
	for {
		at := p.tok.at
		all = append(all, flagSrc{p.str("a flag"), at})
		if !p.accept(",") {
			return all
		}
	}
}

func (p *parser) tableItem() tableItem {
	kind := p.tok.text
	if p.tok.kind != tWord || !slices.Contains(objects, kind) && !slices.Contains(named, kind) || kind == "table" || kind == "rule" || kind == "element" {
		hint := didYouMean(kind, objects)
		refuse(p.tok.at, hint, "%s stands where a chain, a set or another part of a table is expected", describe(p.tok))
	}
	p.next()
	if kind == "ct" {
		kind = "ct " + p.str("what kind of ct object")
	}
	item := tableItem{at: p.tok.at, name: p.identifier("a " + kind)}
	switch kind {
	case "chain":
		item.chain = p.chainBlock()
	case "set", "map":
		item.set = p.setBlock(kind == "map")
	case "flowtable":
		item.flow = true
		p.block()
	default:
		item.object = p.namedObject(kind)
	}
	return item
}

// namedObject reads the block of a counter, quota and the like: a quota counts, and a limit's direction.
func (p *parser) namedObject(kind string) *objectSrc {
	o := &objectSrc{kind: kind}
	if !p.accept("{") {
		if !p.atSeparator() {
			p.objectItem(o)
		}
		return o
	}
	for !p.accept("}") {
		if p.tok.kind == tNewline || p.is(";") {
			p.next()
			continue
		}
		p.objectItem(o)
	}
	return o
}

func (p *parser) objectItem(o *objectSrc) {
	switch {
	case p.tok.kind == tEnd:
		p.unexpected(`"}"`)
	case p.accept("comment"):
		p.str("the comment")
	case o.kind == "quota":
		o.over, o.bytes, o.used = p.quota()
	case o.kind == "counter":
		for p.isAny("packets", "bytes") {
			p.next()
			p.number()
		}
		if !p.atSeparator() && !p.is("}") {
			p.unexpected("packets and bytes")
		}
	case o.kind == "limit":
		o.over = p.rate()
	case p.is("{"):
		p.block()
	default:
		p.next()
	}
}
