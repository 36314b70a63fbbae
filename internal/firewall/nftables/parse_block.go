package nftables

import (
	"strings"
)

func (p *parser) chainBlock() *chainBlock {
	defer p.enter()()
	c := new(chainBlock)
	p.expect("{")
	for !p.accept("}") {
		switch {
		case p.tok.kind == tNewline || p.is(";"):
			p.next()
		case p.tok.kind == tEnd:
			p.unexpected(`"}"`)
		case p.common():
		case p.is("type"):
			p.hook(c)
		case p.is("policy"):
			if c.policy != "" {
				refuse(p.tok.at, "keep one of them", "the chain has a policy already")
			}
			p.next()
			c.policyAt = p.tok.at
			c.policy = p.str("the policy")
			if c.policy != "accept" && c.policy != "drop" {
				refuse(c.policyAt, "write accept or drop", "a policy is not %q", c.policy)
			}
			p.separator()
		case p.is("flags"):
			p.next()
			p.flags()
			p.separator()
		case p.is("devices"):
			p.next()
			p.expect("=")
			devices := p.devices(p.rhs(true))
			if c.hook == nil {
				c.hook = &hookSrc{}
			}
			c.hook.devices = append(c.hook.devices, devices...)
			p.separator()
		case p.is("comment"):
			p.next()
			p.str("the comment")
			p.separator()
		default:
			c.rules = append(c.rules, p.rule())
			p.separator()
		}
	}
	if c.hook != nil && c.policy == "" {
		p.listing = false
	}
	return c
}

// hook reads what makes a base chain: "type filter hook input priority 0".
func (p *parser) hook(c *chainBlock) {
	h := &hookSrc{at: p.tok.at}
	p.next()
	h.typAt = p.tok.at
	h.kind = p.str("a chain's type")
	p.expect("hook")
	h.hookAt = p.tok.at
	h.hook = p.str("a hook")
	if p.accept("device") {
		if p.is("$") {
			h.devices = p.devices(p.variable())
		} else {
			h.devices = []string{p.str("a device")}
		}
	} else if p.accept("devices") {
		p.expect("=")
		h.devices = p.devices(p.rhs(true))
	}
	p.expect("priority")
	h.prioAt = p.tok.at
	p.priority(h)
	h.at = p.to(h.at)
	c.hook = h
	p.separator()
}

func (p *parser) priority(h *hookSrc) {
	if p.is("$") {
		e := p.variable()
		h.prioName = strings.TrimSpace(e.text)
		p.sign(h)
		return
	}
	if p.tok.kind == tWord || p.tok.kind == tQuoted {
		h.prioName = p.str("a priority")
	} else if p.tok.kind == tNumber {
		h.prio = int(min(p.number(), 1<<31))
		return
	}
	p.sign(h)
}

// sign reads an offset.
func (p *parser) sign(h *hookSrc) {
	sign := 1
	switch {
	case p.accept("-"):
		sign = -1
	case p.accept("+"):
	default:
		if h.prioName == "" {
			p.unexpected("a priority")
		}
		return
	}
	h.prio = sign * int(min(p.number(), 1<<31))
}

func (p *parser) devices(e *expr) []string {
	if e.kind != kSet && e.kind != kList {
		return []string{e.text}
	}
	var all []string
	for _, d := range e.list {
		all = append(all, p.devices(d)...)
	}
	return all
}

// rule reads the statements of a rule.
func (p *parser) rule() *ruleSrc {
	r := &ruleSrc{at: p.tok.at}
	from, src := p.tok.off, p.src()
	for !p.atSeparator() && !p.is("}") {
		if p.is("comment") {
			p.next()
			r.comment = p.str("the comment")
			if len(r.comment) > 128 {
				refuse(r.at, "shorten the comment", "a comment has at most 128 characters")
			}
			break
		}
		r.stmts = append(r.stmts, p.statement())
	}
	if len(r.stmts) == 0 {
		p.unexpected("a rule")
	}
	r.at = p.to(r.at)
	if src.file == r.at.File && p.lastOff <= len(src.text) && p.lastOff > from {
		r.text = oneLine(src.text[from:p.lastOff])
	}
	return r
}

// oneLine is a text without line ends, comments and doubled blanks.
func oneLine(text string) string {
	if strings.ContainsAny(text, "#\n\\") {
		lines := strings.Split(text, "\n")
		for i, l := range lines {
			if at := comment(l); at >= 0 {
				l = l[:at]
			}
			lines[i] = strings.TrimSuffix(strings.TrimSpace(l), "\\")
		}
		text = strings.Join(lines, " ")
	}
	return strings.Join(strings.Fields(text), " ")
}

// comment is where a line's comment begins, or -1.
func comment(line string) int {
	quoted := false
	for i := range len(line) {
		switch {
		case line[i] == '"':
			quoted = !quoted
		case line[i] == '#' && !quoted && !strings.HasPrefix(line[i:], "# xt_"):
			return i
		}
	}
	return -1
}
