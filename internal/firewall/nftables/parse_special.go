package nftables

import (
	"slices"

	"sallyport/internal/firewall"
)

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
		name := p.identifier("a flowtable")
		return &objectStmt{kind: "flowtable", ref: &expr{kind: kSymbol, text: name, at: p.last}, at: p.to(at)}
	case "dup", "fwd":
		if p.isAny("ip", "ip6") && p.peek(1).text == "to" {
			p.next()
		}
		p.expect("to")
		p.stmtExpr()
		if p.accept("device") {
			p.stmtExpr()
		}
		s := &opaqueStmt{at: p.to(at), why: "fwd: the packet leaves by another interface", final: true}
		families := []string{"netdev"}
		if word == "dup" {
			s.why, s.final, families = "", false, []string{"ip", "ip6", "netdev"}
		}
		s.check = func(c *context) {
			if !slices.Contains(families, c.table.family) {
				refuse(at, "", "the family %s has no %s", c.table.family, word)
			}
		}
		return s
	case "tproxy":
		address := p.accept("ip") || p.accept("ip6")
		p.expect("to")
		if !p.is(":") {
			p.stmtExpr()
			address = !address
		} else {
			address = false
		}
		if p.accept(":") {
			p.stmtExpr()
		}
		return &opaqueStmt{at: p.to(at), why: "tproxy: whether a proxy listens", check: func(c *context) {
			if address && c.table.family == "inet" {
				refuse(at, "write tproxy ip to, or tproxy ip6 to", "the rule does not say of which family the address is")
			}
			c.tracking(at, "tproxy")
			c.need(at, "tproxy", "", firewall.Prerouting)
			if c.transport == "" {
				refuse(at, "match tcp or udp before, such as meta l4proto tcp", "tproxy stands without a match of a transport protocol")
			}
		}}
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
