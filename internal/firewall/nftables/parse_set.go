package nftables

import (
	"slices"
)

var setFlags = []string{"constant", "interval", "timeout", "dynamic"}

func (p *parser) setBlock(isMap bool) *setBlock {
	defer p.enter()()
	s := &setBlock{isMap: isMap}
	p.expect("{")
	for !p.accept("}") {
		switch {
		case p.tok.kind == tNewline || p.is(";"):
			p.next()
		case p.tok.kind == tEnd:
			p.unexpected(`"}"`)
		case p.common():
		default:
			p.setItem(s)
		}
	}
	return s
}

func (p *parser) setItem(s *setBlock) {
	switch word := p.tok.text; {
	case p.is("type") || p.is("typeof"):
		p.setType(s)
		p.separator()
	case p.is("flags"):
		p.next()
		s.flags = append(s.flags, p.flags()...)
		for _, f := range s.flags {
			if !slices.Contains(setFlags, f.text) {
				refuse(f.at, didYouMean(f.text, setFlags), "a set has no flag %q", f.text)
			}
		}
		p.separator()
	case p.isAny("timeout", "gc-interval"):
		p.next()
		s.timeout = s.timeout || word == "timeout"
		p.value()
		p.separator()
	case p.is("size"):
		p.next()
		s.size = p.number()
		p.separator()
	case p.is("policy"):
		p.next()
		p.value()
		p.separator()
	case p.is("comment"):
		p.next()
		p.str("the comment")
		p.separator()
	case p.is("auto-merge"):
		p.next()
		s.autoMerge = true
	case p.is("elements"):
		p.next()
		p.expect("=")
		s.elements = p.elements()
	case p.isAny("counter", "limit", "quota", "ct", "last"):
		s.stmts = append(s.stmts, p.statement())
	default:
		refuse(p.tok.at, didYouMean(word, []string{"type", "typeof", "flags", "timeout", "gc-interval", "size", "policy", "comment", "auto-merge", "elements"}),
			"%s stands where a part of a set is expected", describe(p.tok))
	}
}

// value takes one number, time or word.
func (p *parser) value() {
	if p.is("$") {
		p.variable()
		return
	}
	if p.tok.kind != tNumber && p.tok.kind != tWord && p.tok.kind != tQuoted {
		p.unexpected("a value")
	}
	p.next()
}

// setType reads "type ipv4_addr . inet_service : verdict", and the same with expressions.
func (p *parser) setType(s *setBlock) {
	of := p.is("typeof")
	p.next()
	s.keyAt = p.tok.at
	s.key = p.types(of)
	s.keyAt = p.to(s.keyAt)
	if !s.isMap {
		return
	}
	p.expect(":")
	at := p.tok.at
	switch {
	case p.isAny("counter", "quota", "limit", "secmark", "synproxy"):
		s.object = p.tok.text
		p.next()
	case !of && p.is("ct"):
		p.next()
		s.object = "ct " + p.str("a kind of object")
	default:
		s.dataIsInterval = p.accept("interval")
		if of && p.is("verdict") {
			p.next()
			s.data = []typeRef{{at: at, name: "verdict"}}
			return
		}
		s.data = p.types(of)
	}
}

func (p *parser) types(of bool) []typeRef {
	var all []typeRef
	for {
		t := typeRef{at: p.tok.at}
		if of {
			t.of = p.primary()
		} else {
			t.name = p.str("a type")
		}
		t.at = p.to(t.at)
		all = append(all, t)
		if !p.accept(".") {
			return all
		}
	}
}

// elements reads the elements of a set: braces, or a variable.
func (p *parser) elements() *expr {
	if p.is("$") {
		return p.variable()
	}
	if !p.is("{") {
		p.unexpected("the elements in braces")
	}
	return p.braces()
}
