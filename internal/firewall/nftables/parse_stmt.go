package nftables

import (
	"slices"
	"strings"
)

var statementWords = []string{
	"accept", "drop", "continue", "return", "jump", "goto", "queue", "counter", "limit", "quota", "log", "reject", "snat", "dnat",
	"masquerade", "redirect", "add", "update", "delete", "meter", "notrack", "flow", "fwd", "dup", "tproxy", "synproxy", "xt", "last", "reset", "comment",
}

var verdicts = words("accept drop continue return jump goto queue")

// statement reads one statement of a rule.
func (p *parser) statement() stmt {
	at, word := p.tok.at, p.tok.text
	if p.tok.kind != tWord && !p.is("@") && !p.is("(") && !p.is("$") {
		p.noStatement()
	}
	if verdicts[word] && p.tok.kind == tWord {
		if word == "queue" {
			return p.queue()
		}
		return p.verdict()
	}
	if name, ok := strings.CutPrefix(word, "# xt_"); ok {
		p.next()
		kind := "match"
		if name == strings.ToUpper(name) {
			kind = "target"
		}
		return xtension(kind, name, at)
	}
	switch word {
	case "counter":
		return p.counter()
	case "limit":
		return p.limit()
	case "quota":
		return p.quotaStatement()
	case "log":
		return p.log()
	case "reject":
		return p.reject()
	case "snat", "dnat", "masquerade", "redirect":
		return p.nat()
	case "add", "update", "delete", "meter", "set":
		return p.dynamic()
	case "notrack":
		p.next()
		return &untrackStmt{at: at}
	case "last":
		p.next()
		if p.accept("used") {
			p.value()
		}
		return &plainStmt{at, "last"}
	case "flow", "fwd", "dup", "tproxy", "synproxy", "xt", "reset":
		return p.special()
	case "ct":
		if s := p.ctStatement(); s != nil {
			return s
		}
	}
	return p.match()
}

// match reads a condition, a verdict map, or what sets something of the packet.
func (p *parser) match() stmt {
	at := p.tok.at
	left := p.lhs()
	switch {
	case p.accept("vmap"):
		return &vmapStmt{key: left, set: p.setOrRef(), at: p.to(at)}
	case p.accept("set"):
		return &mangleStmt{left: left, value: p.stmtExpr(), at: p.to(at)}
	}
	op := p.operator()
	switch op {
	case "==", "!=", "<", ">", "<=", ">=", "!":
		p.next()
	default:
		op = ""
	}
	if p.atSeparator() {
		p.unexpected("what to compare with")
	}
	return &matchStmt{left: left, op: op, right: p.rhs(false), at: p.to(at)}
}

// verdict reads accept, drop, jump and the like.
func (p *parser) verdict() *verdictStmt {
	v := &verdictStmt{at: p.tok.at, kind: p.tok.text}
	p.next()
	if v.kind == "jump" || v.kind == "goto" {
		switch {
		case p.is("{"):
			defer p.deeper()()
			v.inline = p.chainBlock()
		case p.is("$"):
			v.target = p.variable()
		default:
			at := p.tok.at
			v.target = &expr{kind: kSymbol, text: p.identifier("a chain"), at: p.to(at)}
		}
	}
	v.at = p.to(v.at)
	return v
}

func (p *parser) queue() stmt {
	at := p.tok.at
	p.next()
	for p.isAny("num", "to", "flags", "bypass", "fanout", ",") || p.tok.kind == tNumber {
		switch {
		case p.accept("to"), p.accept("num"):
			p.stmtExpr()
		case p.accept("flags"):
			p.flags()
		default:
			p.next()
		}
	}
	return &opaqueStmt{at: p.to(at), why: "queue to a program", final: true}
}

func (p *parser) counter() stmt {
	at := p.tok.at
	p.next()
	if p.accept("name") {
		return &objectStmt{kind: "counter", ref: p.stmtExpr(), at: p.to(at)}
	}
	for p.isAny("packets", "bytes") {
		p.next()
		p.number()
	}
	return &plainStmt{p.to(at), "counter"}
}

// limit reads "limit rate [over] 10/second burst 5 packets".
func (p *parser) limit() stmt {
	s := &limitStmt{at: p.tok.at}
	from := p.tok.off
	p.next()
	if p.accept("name") {
		s.object, s.ref = "limit", p.stmtExpr()
		s.at = p.to(s.at)
		return s
	}
	s.over = p.rate()
	s.at = p.to(s.at)
	s.what = p.textFrom(from)
	return s
}

// rate reads "rate over 10/second burst 5 packets", and whether it is for what goes over it.
func (p *parser) rate() (over bool) {
	p.expect("rate")
	if p.accept("over") {
		over = true
	} else {
		p.accept("until")
	}
	at := p.tok.at
	if p.number() == 0 {
		refuse(at, "", "a limit's rate is above zero")
	}
	unit := ""
	if p.tok.kind == tWord {
		unit = p.tok.text
		p.next()
	}
	if p.accept("/") {
		unit = "/" + p.str("a unit of time")
	}
	what, per, _ := strings.Cut(unit, "/")
	if what != "" && what != "bytes" && what != "kbytes" && what != "mbytes" {
		refuse(at, "", "a rate is of packets, bytes, kbytes or mbytes, not of %q", what)
	}
	if units := []string{"second", "minute", "hour", "day", "week"}; !slices.Contains(units, per) {
		refuse(at, didYouMean(per, units), "a rate is per second, minute, hour, day or week, not %q", per)
	}
	if p.accept("burst") {
		p.number()
		if p.isAny("packets", "bytes", "kbytes", "mbytes") {
			p.next()
		}
	}
	return over
}

func (p *parser) textFrom(off int) string {
	text := p.src().text
	if off <= p.lastOff && p.lastOff <= len(text) {
		return oneLine(text[off:p.lastOff])
	}
	return ""
}

func (p *parser) quotaStatement() stmt {
	s := &quotaStmt{at: p.tok.at}
	p.next()
	if p.accept("name") {
		s.ref = p.stmtExpr()
	} else {
		s.over, s.bytes, s.used = p.quota()
	}
	s.at = p.to(s.at)
	return s
}

// quota reads "over 500 mbytes used 3 kbytes".
func (p *parser) quota() (over bool, bytes, used uint64) {
	over = p.accept("over")
	if !over {
		p.accept("until")
	}
	bytes = p.amount()
	if p.accept("used") {
		at := p.tok.at
		if used = p.amount(); used > bytes {
			refuse(at, "", "more of the quota is used than there is")
		}
	}
	return over, bytes, used
}

var byteUnits = map[string]uint64{"bytes": 1, "kbytes": 1 << 10, "mbytes": 1 << 20}

func (p *parser) amount() uint64 {
	n := p.number()
	at, unit := p.tok.at, p.str("a unit of bytes")
	factor, known := byteUnits[unit]
	if !known {
		refuse(at, "", "an amount is in bytes, kbytes or mbytes, not %q", unit)
	}
	return n * factor
}

func (p *parser) log() stmt {
	at := p.tok.at
	p.next()
	for {
		word := p.tok.text
		switch {
		case p.is("prefix"):
			p.next()
			if len(p.str("the prefix")) > 127 {
				refuse(at, "shorten the prefix", "a log prefix has at most 127 characters")
			}
		case p.isAny("group", "snaplen", "queue-threshold"):
			p.next()
			p.number()
		case p.is("level"):
			p.next()
			levelAt, level := p.tok.at, p.str("a level")
			if !slices.Contains([]string{"emerg", "alert", "crit", "err", "warn", "notice", "info", "debug", "audit"}, level) {
				refuse(levelAt, "", "log has no level %q", level)
			}
		case p.is("flags"):
			p.next()
			p.logFlags()
		default:
			return &plainStmt{p.to(at), "log"}
		}
		_ = word
	}
}

func (p *parser) logFlags() {
	switch {
	case p.accept("tcp"), p.accept("ip"):
		p.flags()
	default:
		p.str("a flag of log")
	}
}
