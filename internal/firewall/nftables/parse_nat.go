package nftables

import (
	"slices"
)

// reject reads "reject with icmp port-unreachable".
func (p *parser) reject() stmt {
	s := &rejectStmt{at: p.tok.at}
	p.next()
	if p.accept("with") {
		switch {
		case p.accept("tcp"):
			p.expect("reset")
			s.with = "tcp reset"
		case p.isAny("icmp", "icmpv6", "icmpx"):
			s.with = p.tok.text
			p.next()
			p.accept("type")
			s.code = p.constant()
		default:
			p.unexpected("tcp reset, icmp, icmpv6 or icmpx")
		}
	}
	s.at = p.to(s.at)
	return s
}

// nat reads "dnat ip to 10.0.0.1:80 random".
func (p *parser) nat() stmt {
	s := &natStmt{at: p.tok.at, verb: p.tok.text}
	p.next()
	if s.verb != "masquerade" && s.verb != "redirect" {
		if p.isAny("ip", "ip6") && p.natFamily() {
			s.family = p.tok.text
			p.next()
		}
		if p.is("addr") {
			p.next()
			p.expect(".")
			p.expect("port")
			s.joined = true
		}
		for p.isAny("interval", "prefix") {
			p.next()
		}
	}
	to := p.accept("to")
	if s.verb == "redirect" && to || s.verb == "masquerade" && to {
		p.accept(":")
		s.port = p.stmtExpr()
	} else if s.verb == "snat" || s.verb == "dnat" {
		if !p.is(":") {
			s.addr = p.stmtExpr()
		}
		if p.accept(":") {
			s.port = p.stmtExpr()
		}
	}
	for p.isAny("random", "fully-random", "persistent") {
		p.next()
		p.accept(",")
	}
	s.at = p.to(s.at)
	return s
}

// natFamily says whether ip is the family of the translation, not the beginning of "ip saddr map".
func (p *parser) natFamily() bool {
	return slices.Contains([]string{"to", "addr", "interval", "prefix"}, p.peek(1).text)
}

// dynamic reads "add @set { ip saddr timeout 1m limit rate over 3/minute : data }".
func (p *parser) dynamic() stmt {
	s := &dynamicStmt{at: p.tok.at, op: p.tok.text}
	p.next()
	if s.op == "set" { // the notation of old: set add ip saddr timeout 5s @name
		s.op = p.str("add or update")
		s.key = p.lhs()
		s.stmts = p.elementOptions()
		s.set = p.setOrRef()
		s.at = p.to(s.at)
		return s
	}
	if s.op == "meter" {
		p.identifier("a meter")
		if p.accept("size") {
			p.number()
		}
	} else {
		s.set = p.setOrRef()
	}
	p.expect("{")
	s.key = p.lhs()
	s.stmts = p.elementOptions()
	if p.accept(":") {
		s.data = p.stmtExpr()
		s.stmts = append(s.stmts, p.elementOptions()...)
	}
	p.newlines()
	p.expect("}")
	s.at = p.to(s.at)
	return s
}
