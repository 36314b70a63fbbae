package nftables

import (
	"strconv"
	"strings"

	"sallyport/internal/fact"
)

// unknown is a statement that is not known. One that stands last may be a verdict; of others the rule goes on at most.
func unknown(what string, at fact.Span, last bool) stmt {
	return &opaqueStmt{at: at, why: "the JSON " + what, final: last}
}

// statement reads one statement of a rule; last says that none follows.
func (j *jsonReader) statement(n *node, last bool) stmt {
	at := j.where(n)
	if n.kind == 's' {
		return j.raw(n.text, at, last)
	}
	if n.kind != '{' || len(n.keys) != 1 {
		return unknown("statement with the keys "+strconv.Quote(strings.Join(n.keys, " ")), at, last)
	}
	key, v := n.keys[0], n.list[0]
	if known, ok := statementKeys[key]; ok && v.kind == '{' {
		if k := v.strange(known...); k != "" {
			return unknown("key "+strconv.Quote(k)+" of "+strconv.Quote(key), at, last)
		}
	}
	switch key {
	case "match":
		if l, r := v.get("left"), v.get("right"); l != nil && r != nil {
			op := v.str("op")
			if op == "in" {
				op = ""
			}
			return &matchStmt{at: at, left: j.expr(l, false), right: j.expr(r, false), op: op}
		}
	case "accept", "drop", "continue", "return", "jump", "goto":
		return j.verdict(key, v, at)
	case "vmap":
		if k, d := v.get("key"), v.get("data"); k != nil && d != nil {
			return &vmapStmt{at: at, key: j.expr(k, false), set: j.expr(d, true)}
		}
	case "mangle":
		if k, d := v.get("key"), v.get("value"); k != nil && d != nil {
			return &mangleStmt{at: at, left: j.expr(k, false), value: j.expr(d, false)}
		}
	case "snat", "dnat", "masquerade", "redirect":
		return j.nat(key, v, at)
	case "reject":
		return j.reject(v, at)
	case "set", "map", "meter":
		return j.dynamic(key, v, at)
	}
	return j.counting(key, v, at, last)
}

// statementKeys are the keys of the statements whose meaning lies in them.
var statementKeys = map[string][]string{
	"match": {"op", "left", "right"}, "jump": {"target"}, "goto": {"target"}, "vmap": {"key", "data"}, "mangle": {"key", "value"},
	"snat": {"addr", "family", "port", "flags", "type_flags"}, "dnat": {"addr", "family", "port", "flags", "type_flags"}, "masquerade": {"addr", "family", "port", "flags", "type_flags"},
	"redirect": {"addr", "family", "port", "flags", "type_flags"}, "reject": {"type", "expr"}, "set": {"op", "elem", "set", "stmt"}, "map": {"op", "elem", "data", "map", "set", "stmt"},
	"meter": {"name", "key", "stmt", "size"}, "limit": {"rate", "rate_unit", "per", "burst", "burst_unit", "inv"}, "quota": {"val", "val_unit", "used", "used_unit", "inv"}, "ct count": {"val", "inv"},
}

// counting reads the statements that count, and those that the model has not.
func (j *jsonReader) counting(key string, v *node, at fact.Span, last bool) stmt {
	switch key {
	case "counter", "ct helper", "ct timeout", "ct expectation", "secmark":
		if v.kind == 's' || v.kind == '{' && v.get("map") != nil {
			return &objectStmt{at: at, kind: key, ref: j.expr(v, false)}
		}
		return &plainStmt{at, key}
	case "log", "last", "flow", "dup":
		return &plainStmt{at, key}
	case "notrack":
		return &untrackStmt{at: at}
	case "limit":
		if v.kind == 's' {
			return &limitStmt{at: at, object: "limit", ref: j.expr(v, false)}
		}
		text := "limit rate " + v.str("rate") + "/" + v.str("per")
		return &limitStmt{at: at, over: v.yes("inv"), what: text}
	case "ct count":
		return &limitStmt{at: at, over: v.yes("inv"), what: "ct count"}
	case "quota":
		if v.kind == 's' {
			return &quotaStmt{at: at, ref: j.expr(v, false)}
		}
		unit := func(key string) uint64 { return max(byteUnits[v.str(key)], 1) }
		return &quotaStmt{at: at, over: v.yes("inv"), bytes: j.count(v, "val") * unit("val_unit"), used: j.count(v, "used") * unit("used_unit")}
	case "queue":
		return &opaqueStmt{at: at, why: "queue to a program", final: true}
	case "fwd":
		return &opaqueStmt{at: at, why: "fwd: the packet leaves by another interface", final: true}
	case "tproxy":
		return &opaqueStmt{at: at, why: "tproxy: whether a proxy listens"}
	case "synproxy":
		return &opaqueStmt{at: at, why: "synproxy", final: true, proto: "tcp"}
	case "tcp option": // reset tcp option
		return &plainStmt{at, "reset tcp option"}
	case "xt":
		if v.kind == '{' {
			return xtension(v.str("type"), v.str("name"), at)
		}
		return &opaqueStmt{at: at, why: "an extension of iptables", final: last}
	}
	return unknown("statement "+strconv.Quote(key), at, last)
}

func (j *jsonReader) nat(key string, v *node, at fact.Span) stmt {
	s := &natStmt{at: at, verb: key, family: v.str("family")}
	if a := v.get("addr"); a != nil {
		s.addr = j.expr(a, false)
	}
	if p := v.get("port"); p != nil {
		s.port = j.expr(p, false)
	}
	return s
}

func (j *jsonReader) reject(v *node, at fact.Span) stmt {
	s := &rejectStmt{at: at, with: v.str("type")}
	if e := v.get("expr"); e != nil && s.with != "tcp reset" {
		s.code = j.expr(e, false)
	}
	if s.with != "" && s.with != "tcp reset" && s.code == nil {
		s.code = &expr{kind: kSymbol, text: "port-unreachable", at: at}
	}
	if _, known := rejectCodes[s.with]; !known && s.with != "" && s.with != "tcp reset" {
		return unknown("reject with "+strconv.Quote(s.with), at, true)
	}
	return s
}

func (j *jsonReader) dynamic(key string, v *node, at fact.Span) stmt {
	s := &dynamicStmt{at: at, op: v.str("op")}
	elem := v.get("elem")
	if key == "meter" {
		s.op, elem = "add", v.get("key")
	} else if name := v.str("set") + v.str("map"); name != "" {
		s.set = &expr{kind: kSetRef, at: at, text: strings.TrimPrefix(name, "@")}
	}
	if elem == nil {
		return unknown(strconv.Quote(key)+" without a key", at, true)
	}
	s.key = j.key(elem)
	if d := v.get("data"); d != nil {
		s.data = j.expr(d, false)
	}
	inner := v.get("stmt")
	switch {
	case inner == nil:
	case inner.kind == '[':
		for _, one := range inner.list {
			s.stmts = append(s.stmts, j.statement(one, false))
		}
	default:
		s.stmts = append(s.stmts, j.statement(inner, false))
	}
	return s
}

// raw reads a statement that nft printed as text: a chain in braces.
func (j *jsonReader) raw(text string, at fact.Span, last bool) (s stmt) {
	defer func() {
		if v, ok := recover().(refusal); ok {
			s = unknown("text "+strconv.Quote(text)+": "+v.err.Msg, at, last)
		}
	}()
	src := newScanner("", j.path, text)
	src.fixed = &at
	p := &parser{root: j.path, scopes: []map[string]*expr{{}}, sources: []*scanner{src}}
	p.next()
	s = p.statement()
	p.newlines()
	if p.tok.kind != tEnd {
		return unknown("text "+strconv.Quote(text), at, last)
	}
	return s
}
