package nftables

var operatorWords = map[string]string{"eq": "==", "ne": "!=", "lt": "<", "gt": ">", "le": "<=", "ge": ">=", "and": "&", "or": "|", "xor": "^", "lshift": "<<", "rshift": ">>", "not": "!"}

// operator is the operator that stands here, "" for none.
func (p *parser) operator() string {
	if p.tok.kind == tPunct {
		return p.tok.text
	}
	if p.tok.kind == tWord {
		return operatorWords[p.tok.text]
	}
	return ""
}

// binaries are the levels of binary operators, the loosest first.
var binaries = map[string]int{"|": 1, "^": 2, "&": 3, "<<": 4, ">>": 4}

// basic is an expression of primaries and bit operators, of this level or tighter; on the right side of a match words are values.
func (p *parser) basic(level int, right bool) *expr {
	e := p.operand(right)
	for p.tok.kind == tPunct || p.tok.kind == tWord {
		op := p.operator()
		l, ok := binaries[op]
		if !ok || l < level {
			break
		}
		p.next()
		e = &expr{kind: kBinary, at: e.at, text: op, a: e, b: p.basic(l+1, true)}
		e.at = p.to(e.at)
	}
	return e
}

func (p *parser) operand(right bool) *expr {
	if right {
		return p.constant()
	}
	return p.primary()
}

// lhs is what a match looks at.
func (p *parser) lhs() *expr {
	defer p.deeper()()
	e := p.basic(0, false)
	if !p.is(".") {
		return e
	}
	c := &expr{kind: kConcat, at: e.at, list: []*expr{e}}
	for p.accept(".") {
		c.list = append(c.list, p.basic(0, false))
	}
	c.at = p.to(c.at)
	return c
}

// constant is a value: a word, a number, a string, a variable, or an expression of them in parentheses.
func (p *parser) constant() *expr {
	at := p.tok.at
	switch {
	case p.tok.kind == tNumber || p.tok.kind == tWord && isDigit(p.tok.text[0]):
		e := &expr{kind: kSymbol, text: p.tok.text, at: at}
		p.next()
		return e
	case p.is("$"):
		return p.variable()
	case p.is("("):
		defer p.deeper()()
		p.next()
		e := p.rhsList()
		p.expect(")")
		return e
	case p.is("["):
		p.next()
		e := p.constant()
		p.expect("]")
		return e
	case p.is("@"):
		p.next()
		return &expr{kind: kSetRef, text: p.identifier("a set"), at: p.to(at)}
	case p.is("*"):
		p.next()
		return &expr{kind: kAny, at: at}
	case p.tok.kind == tWord && reserved[p.tok.text] && !valued[p.tok.text]:
		p.unexpected("a value")
	case p.tok.kind == tWord || p.tok.kind == tNumber || p.tok.kind == tQuoted:
		e := &expr{kind: kSymbol, text: p.tok.text, quoted: p.tok.kind == tQuoted, at: at}
		p.next()
		return e
	}
	p.unexpected("a value")
	return nil
}

// item is a value, a range or a prefix.
func (p *parser) item() *expr {
	e := p.basic(0, true)
	switch {
	case p.is("-"):
		p.next()
		e = &expr{kind: kRange, at: e.at, a: e, b: p.basic(0, true)}
	case p.is("/") && p.peek(1).kind == tNumber:
		p.next()
		e = &expr{kind: kPrefix, at: e.at, a: e, text: p.tok.text}
		p.next()
	default:
		return e
	}
	e.at = p.to(e.at)
	return e
}

// concat is items with dots between.
func (p *parser) concat() *expr {
	defer p.deeper()()
	if p.is("{") {
		return p.braces()
	}
	e := p.item()
	if !p.is(".") {
		return e
	}
	c := &expr{kind: kConcat, at: e.at, list: []*expr{e}}
	for p.accept(".") {
		c.list = append(c.list, p.item())
	}
	c.at = p.to(c.at)
	return c
}

func (p *parser) rhsList() *expr {
	e := p.concat()
	if !p.is(",") {
		return e
	}
	l := &expr{kind: kList, at: e.at, list: []*expr{e}}
	for p.accept(",") {
		p.newlines()
		l.list = append(l.list, p.concat())
	}
	l.at = p.to(l.at)
	return l
}

// rhs is the right side of a match, or the value of a variable.
func (p *parser) rhs(variable bool) *expr {
	e := p.rhsList()
	if p.is("/") && !variable {
		p.next()
		m := p.rhsList()
		e = &expr{kind: kMasked, at: p.to(e.at), a: e, b: m}
	}
	return e
}

// braces is a set: elements, each of which may have a value and options.
func (p *parser) braces() *expr {
	defer p.deeper()()
	s := &expr{kind: kSet, at: p.tok.at}
	p.expect("{")
	p.newlines()
	if p.is("}") && !p.defining {
		p.unexpected("an element")
	}
	for !p.is("}") {
		s.list = append(s.list, p.element())
		p.newlines()
		if !p.is(",") {
			break
		}
		for p.accept(",") { // one too many is none to nft
			p.newlines()
		}
	}
	if !p.is("}") {
		p.unexpected(`"," or "}"`)
	}
	p.next()
	s.at = p.to(s.at)
	return s
}

func (p *parser) element() *expr {
	key := p.concat()
	e := key
	stmts := p.elementOptions()
	p.newlines()
	if p.is(":") {
		p.next()
		p.newlines()
		e = &expr{kind: kElement, at: key.at, a: key, b: p.data()}
		stmts = append(stmts, p.elementOptions()...)
		e.at = p.to(e.at)
	}
	if len(stmts) > 0 && e.kind != kElement {
		e = &expr{kind: kElement, at: key.at, a: key}
	}
	e.stmts = append(e.stmts, stmts...)
	return e
}

// data is what a map has for a key.
func (p *parser) data() *expr {
	at := p.tok.at
	if p.tok.kind == tWord && verdicts[p.tok.text] {
		return &expr{kind: kVerdict, at: at, verdict: p.verdict()}
	}
	return p.concat()
}

// elementOptions reads timeouts, comments and counters of an element.
func (p *parser) elementOptions() []stmt {
	var all []stmt
	for {
		switch {
		case p.tok.kind != tWord:
			return all
		case p.isAny("timeout", "expires"):
			all = append(all, &plainStmt{p.tok.at, "timeout"})
			p.next()
			p.value()
		case p.is("comment"):
			p.next()
			p.str("the comment")
		case p.isAny("counter", "limit", "quota", "last") || p.is("ct") && p.peek(1).text == "count":
			all = append(all, p.statement())
		default:
			return all
		}
	}
}

// stmtExpr is the value of a statement: a constant, something of the packet, or a map from one to the other.
func (p *parser) stmtExpr() *expr {
	defer p.deeper()()
	if p.is("{") {
		return p.mapped(p.braces())
	}
	at := p.tok.at
	var list []*expr
	for {
		e := p.stmtItem()
		list = append(list, e)
		if !p.accept(".") {
			break
		}
	}
	e := list[0]
	if len(list) > 1 {
		e = &expr{kind: kConcat, list: list, at: p.to(at)}
	}
	e = p.mapped(e)
	if p.is(",") && e.kind == kSymbol { // flags
		e = &expr{kind: kList, at: e.at, list: []*expr{e}}
		for p.accept(",") {
			e.list = append(e.list, p.constant())
		}
		e.at = p.to(e.at)
	}
	return e
}

func (p *parser) mapped(e *expr) *expr {
	if !p.accept("map") {
		return e
	}
	return &expr{kind: kMap, a: e, b: p.setOrRef(), at: p.to(e.at)}
}

// setOrRef is a set in braces, a named one or a variable.
func (p *parser) setOrRef() *expr {
	switch {
	case p.is("{"):
		return p.braces()
	case p.is("@"), p.is("$"):
		return p.constant()
	}
	p.unexpected("a set")
	return nil
}

// stmtItem is an item on the right of a statement, where the names of what packets have are not values.
func (p *parser) stmtItem() *expr {
	e := p.basic(0, !p.selects())
	switch {
	case p.is("-"):
		p.next()
		e = &expr{kind: kRange, at: e.at, a: e, b: p.basic(0, true)}
	case p.is("/") && p.peek(1).kind == tNumber:
		p.next()
		e = &expr{kind: kPrefix, at: e.at, a: e, text: p.tok.text}
		p.next()
	}
	e2 := *e
	e2.at = p.to(e.at)
	return &e2
}
