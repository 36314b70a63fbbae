package nftables

import (
	"strconv"

	"sallyport/internal/fact"
)

// named reads {"key": value}.
func (j *jsonReader) named(key string, v *node, at fact.Span, isMap bool, unknown func(string) *expr) *expr {
	switch key {
	case "concat":
		if list := j.parts(v, 2); list != nil {
			return &expr{kind: kConcat, at: at, list: list}
		}
	case "set":
		e := j.elements(v, isMap)
		e.at = at
		return e
	case "range":
		if list := j.parts(v, 2); len(list) == 2 {
			return &expr{kind: kRange, at: at, a: list[0], b: list[1]}
		}
	case "prefix":
		if a := v.get("addr"); a != nil && v.strange("addr", "len") == "" {
			return &expr{kind: kPrefix, at: at, a: j.expr(a, false), text: v.str("len")}
		}
	case "map":
		if k, d := v.get("key"), v.get("data"); k != nil && d != nil && v.strange("key", "data") == "" {
			return &expr{kind: kMap, at: at, a: j.expr(k, false), b: j.expr(d, true)}
		}
	case "&", "|", "^", "<<", ">>":
		if list := j.parts(v, 2); list != nil {
			e := list[0]
			for _, b := range list[1:] {
				e = &expr{kind: kBinary, at: at, text: key, a: e, b: b}
			}
			return e
		}
	case "elem":
		if a := v.get("val"); a != nil {
			return j.expr(a, false)
		}
	case "accept", "drop", "continue", "return", "jump", "goto", "queue":
		return &expr{kind: kVerdict, at: at, verdict: j.verdict(key, v, at)}
	default:
		if s, why := j.selector(key, v); s != nil {
			s.at = at
			return &expr{kind: kSelector, at: at, sel: s}
		} else if why != "" {
			return unknown(why)
		}
	}
	return unknown(strconv.Quote(key))
}

func (j *jsonReader) verdict(key string, v *node, at fact.Span) *verdictStmt {
	s := &verdictStmt{at: at, kind: key}
	if key == "jump" || key == "goto" {
		s.target = &expr{kind: kSymbol, at: at, text: v.str("target")}
	}
	return s
}

// selectorKeys are what the kinds of things that packets have may say of them.
var selectorKeys = map[string][]string{
	"payload": {"protocol", "field", "base", "offset", "len"}, "meta": {"key"}, "ct": {"key", "dir", "family"}, "fib": {"result", "flags"},
	"exthdr": {"name", "field", "offset"}, "tcp option": {"name", "field", "base", "offset", "len"}, "ip option": {"name", "field"}, "sctp chunk": {"name", "field"},
	"dccp option": {"type"}, "rt": {"key", "family"}, "numgen": {"mode", "mod", "offset"}, "jhash": {"mod", "expr", "seed", "offset"}, "symhash": {"mod", "offset"},
	"socket": {"key"}, "osf": {"key", "ttl"}, "ipsec": {"key", "family", "dir", "spnum"},
}

// selector reads something that packets have; nil for what is not known, with the reason.
func (j *jsonReader) selector(key string, v *node) (s *selector, why string) {
	keys, ok := selectorKeys[key]
	if !ok {
		return nil, ""
	}
	if k := v.strange(keys...); k != "" {
		return nil, "key " + strconv.Quote(k) + " of " + strconv.Quote(key)
	}
	switch key {
	case "payload":
		if v.get("base") != nil {
			return &selector{class: "raw", proto: v.str("base"), offset: j.count(v, "offset"), length: j.count(v, "len")}, ""
		}
		if headers[v.str("protocol")] == nil && !inner[v.str("protocol")] {
			return nil, "header " + strconv.Quote(v.str("protocol"))
		}
		if h := headers[v.str("protocol")]; h != nil {
			if _, known := h[v.str("field")]; !known {
				return nil, "field " + strconv.Quote(v.str("protocol")+" "+v.str("field"))
			}
		}
		return &selector{class: "payload", proto: v.str("protocol"), field: v.str("field")}, ""
	case "meta":
		if _, known := metaFields[v.str("key")]; !known {
			return nil, "meta key " + strconv.Quote(v.str("key"))
		}
		return &selector{class: "meta", field: v.str("key")}, ""
	case "ct":
		return j.ctKey(v)
	case "fib":
		s := &selector{class: "fib", field: v.str("result")}
		for _, f := range j.flagsOf(v.get("flags")) {
			s.flags = append(s.flags, f.text)
		}
		return s, ""
	case "exthdr":
		if v.get("field") == nil {
			return &selector{class: "exthdr", proto: "exthdr", field: v.str("name")}, ""
		}
		return &selector{class: "exthdr", proto: v.str("name"), field: v.str("field")}, ""
	case "tcp option", "ip option", "sctp chunk":
		return &selector{class: "exthdr", proto: key, field: spaced(v.str("name"), v.str("field"))}, ""
	case "dccp option":
		return &selector{class: "exthdr", proto: key, field: v.str("type")}, ""
	case "numgen":
		return &selector{class: "other", field: "numgen " + v.str("mode")}, ""
	case "jhash", "symhash":
		s := &selector{class: "other", field: key}
		if e := v.get("expr"); e != nil {
			s.inner = j.expr(e, false)
		}
		return s, ""
	}
	return &selector{class: "other", field: key + " " + v.str("key")}, ""
}

func (j *jsonReader) ctKey(v *node) (*selector, string) {
	s := &selector{class: "ct", field: v.str("key"), dir: v.str("dir")}
	if f := v.str("family"); f != "" {
		s.field = f + " " + s.field
	}
	if _, known := ctFields[s.field]; !known {
		return nil, "ct key " + strconv.Quote(s.field)
	}
	return s, ""
}
