package nftables

import "strings"

// render writes statements in nft's notation, for rules that were not written in it.
func render(stmts []stmt) string {
	var parts []string
	for _, s := range stmts {
		if text := renderStmt(s); text != "" {
			parts = append(parts, text)
		}
	}
	return strings.Join(parts, " ")
}

func renderStmt(s stmt) string {
	switch s := s.(type) {
	case *matchStmt:
		return spaced(s.left.String(), s.op, s.right.String())
	case *verdictStmt:
		return s.String()
	case *vmapStmt:
		return s.key.String() + " vmap " + s.set.String()
	case *limitStmt:
		if s.ref != nil {
			return s.object + " name " + s.ref.String()
		}
		return s.what
	case *quotaStmt:
		return "quota"
	case *plainStmt:
		return s.what
	case *objectStmt:
		return s.kind + " name " + s.ref.String()
	case *rejectStmt:
		if s.code != nil {
			return "reject with " + s.with + " " + s.code.String()
		}
		if s.with != "" {
			return "reject with " + s.with
		}
		return "reject"
	case *natStmt:
		return renderNAT(s)
	case *mangleStmt:
		return s.left.String() + " set " + s.value.String()
	case *untrackStmt:
		return "notrack"
	case *opaqueStmt:
		return s.why
	case *dynamicStmt:
		return spaced(s.op, s.set.String(), "{", s.key.String(), render(s.stmts), "}")
	}
	return ""
}

func renderNAT(s *natStmt) string {
	text := spaced(s.verb, s.family)
	if s.addr != nil || s.port != nil {
		text += " to " + s.addr.String()
	}
	if s.port != nil {
		text += ":" + s.port.String()
	}
	return text
}

func spaced(parts ...string) string {
	var all []string
	for _, p := range parts {
		if p != "" {
			all = append(all, p)
		}
	}
	return strings.Join(all, " ")
}

func (v *verdictStmt) String() string {
	switch {
	case v.inline != nil:
		var rules []string
		for _, r := range v.inline.rules {
			rules = append(rules, r.text)
		}
		return v.kind + " { " + strings.Join(rules, "; ") + " }"
	case v.target != nil:
		return v.kind + " " + v.target.text
	}
	return v.kind
}

// maxShown bounds the elements of a set that a rule's text shows.
const maxShown = 32

func (e *expr) String() string {
	if e == nil {
		return ""
	}
	switch e.kind {
	case kSymbol:
		return e.text
	case kRange:
		return e.a.String() + "-" + e.b.String()
	case kPrefix:
		return e.a.String() + "/" + e.text
	case kConcat:
		return joined(e.list, " . ")
	case kList:
		return joined(e.list, ",")
	case kSet:
		if len(e.list) > maxShown {
			return "{ " + joined(e.list[:maxShown], ", ") + ", ... }"
		}
		return "{ " + joined(e.list, ", ") + " }"
	case kSetRef:
		return "@" + e.text
	case kSelector:
		return e.sel.name()
	case kBinary:
		return e.a.String() + " " + e.text + " " + e.b.String()
	case kMap:
		return e.a.String() + " map " + e.b.String()
	case kAny:
		return "*"
	case kElement:
		if e.b == nil {
			return e.a.String()
		}
		return e.a.String() + " : " + e.b.String()
	case kVerdict:
		return e.verdict.String()
	case kMasked:
		return e.a.String() + " / " + e.b.String()
	}
	return "(" + e.text + ")"
}

func joined(list []*expr, by string) string {
	var parts []string
	for _, e := range list {
		parts = append(parts, e.String())
	}
	return strings.Join(parts, by)
}
