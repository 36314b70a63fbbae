package nftables

import (
	"strconv"
)

// expr reads an expression; what is not known becomes unknown, with its name.
func (j *jsonReader) expr(n *node, isMap bool) *expr {
	at := j.where(n)
	unknown := func(what string) *expr { return &expr{kind: kUnknown, at: at, text: "the JSON " + what} }
	switch n.kind {
	case 's':
		if len(n.text) > 1 && n.text[0] == '@' {
			return &expr{kind: kSetRef, at: at, text: n.text[1:]}
		}
		if n.text == "*" {
			return &expr{kind: kAny, at: at}
		}
		return &expr{kind: kSymbol, at: at, text: n.text, quoted: true}
	case 'n', 'b':
		return &expr{kind: kSymbol, at: at, text: n.text}
	case '[':
		e := &expr{kind: kList, at: at}
		for _, part := range n.list {
			e.list = append(e.list, j.expr(part, false))
		}
		if len(e.list) == 0 {
			return unknown("[]")
		}
		return e
	case 'z':
		return unknown("null")
	}
	if len(n.keys) != 1 {
		return unknown("with the keys " + strconv.Quote(first(n.keys)))
	}
	return j.named(n.keys[0], n.list[0], at, isMap, unknown)
}

func first(list []string) string {
	if len(list) == 0 {
		return ""
	}
	return list[0]
}

// parts reads a list of so many expressions.
func (j *jsonReader) parts(v *node, least int) []*expr {
	if v.kind != '[' || len(v.list) < least {
		return nil
	}
	var all []*expr
	for _, part := range v.list {
		all = append(all, j.expr(part, false))
	}
	return all
}
