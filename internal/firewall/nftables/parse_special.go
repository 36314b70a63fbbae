package nftables

// special reads the statements whose outcome the ruleset does not tell, and some that have none.
func (p *parser) special() stmt {
	at, word := p.tok.at, p.tok.text
	p.next()
	switch word {
	case "flow":
		if !p.accept("add") {
			p.expect("offload")
		}
		p.expect("@")
		p.identifier("a flowtable")
		return &plainStmt{p.to(at), "flow"}
	case "dup", "fwd":
		if p.isAny("ip", "ip6") && p.peek(1).text == "to" {
			p.next()
		}
		p.expect("to")
		p.stmtExpr()
		if p.accept("device") {
			p.stmtExpr()
		}
		if word == "dup" {
			return &plainStmt{p.to(at), "dup"}
		}
		return &opaqueStmt{at: p.to(at), why: "fwd: the packet leaves by another interface", final: true}
	case "tproxy":
		if p.isAny("ip", "ip6") {
			p.next()
		}
		p.expect("to")
		if !p.is(":") {
			p.stmtExpr()
		}
		if p.accept(":") {
			p.stmtExpr()
		}
		return &opaqueStmt{at: p.to(at), why: "tproxy: whether a proxy listens"}
	case "synproxy":
		return p.synproxy()
	case "reset":
		p.expect("tcp")
		p.expect("option")
		p.value()
		return &plainStmt{p.to(at), "reset tcp option"}
	}
	return p.xt()
}

func (p *parser) synproxy() stmt {
	at := p.last
	s := &opaqueStmt{at: at, why: "synproxy", final: true, proto: "tcp"}
	if p.accept("name") {
		p.stmtExpr()
	}
	for p.isAny("mss", "wscale", "timestamp", "sack-perm") {
		value := p.isAny("mss", "wscale")
		p.next()
		if value {
			p.number()
		}
	}
	s.at = p.to(at)
	return s
}

// xt reads what nft prints for a match or target of iptables that it cannot say: xt match "recent".
func (p *parser) xt() stmt {
	at := p.last
	kind := p.str("match or target")
	name := p.str("the name of an extension")
	return xtension(kind, name, p.to(at))
}

// ctStatement reads the statements that begin with ct; nil where it is a match.
func (p *parser) ctStatement() stmt {
	at := p.tok.at
	switch key := p.peek(1).text; key {
	case "count":
		p.next()
		p.next()
		s := &limitStmt{at: at, over: p.accept("over")}
		if !s.over {
			p.accept("until")
		}
		s.what = "ct count"
		p.number()
		s.at = p.to(at)
		return s
	case "helper", "timeout", "expectation":
		if p.peek(2).text != "set" {
			return nil
		}
		p.next()
		p.next()
		p.next()
		return &objectStmt{kind: "ct " + key, ref: p.stmtExpr(), at: p.to(at)}
	}
	return nil
}
