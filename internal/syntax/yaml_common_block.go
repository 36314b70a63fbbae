package syntax

import "go.yaml.in/yaml/v3"

func (p *commonYAML) down() {
	if p.deep++; p.deep > commonDepth {
		p.fail()
	}
}

// block reads the value at the position, which begins its line or follows "- ", and goes on to the line after it. outer is the
// indentation of the collection that it is in.
func (p *commonYAML) block(outer int, at *yamlMark) *yaml.Node {
	switch {
	case p.entry():
		return p.sequence(at)
	case p.key() >= 0:
		return p.mapping(at)
	}
	return p.inline(outer, at)
}

func (p *commonYAML) sequence(at *yamlMark) *yaml.Node {
	p.down()
	column := p.indent()
	n := p.node(yaml.SequenceNode, "!!seq", at)
	from := len(p.stack)
	for {
		p.pos++
		after := p.mark()
		p.spaces()
		var item *yaml.Node
		switch c := p.at(p.pos); {
		case c == '#':
			p.fail()
		case c == '\n' || c == 0:
			item = p.under(column, false, nil)
		case c == '&':
			item = p.anchored(column, false)
		default:
			item = p.block(column, nil)
		}
		if item == nil {
			item = p.node(yaml.ScalarNode, "!!null", &after)
		}
		p.stack = append(p.stack, item)
		if p.end() || p.indent() < column {
			break
		}
		if p.indent() > column {
			p.fail()
		}
		if !p.entry() {
			break
		}
	}
	p.adopt(n, from)
	p.deep--
	return n
}

func (p *commonYAML) mapping(at *yamlMark) *yaml.Node {
	p.down()
	column := p.indent()
	n := p.node(yaml.MappingNode, "!!map", at)
	from := len(p.stack)
	for {
		end := p.key()
		if end < 0 {
			p.fail()
		}
		p.stack = append(p.stack, p.scalar(end))
		p.pos++ // the colon
		after := p.mark()
		p.spaces()
		var value *yaml.Node
		switch c := p.at(p.pos); {
		case c == '\n' || c == 0 || c == '#':
			value = p.under(column, true, nil)
		case c == '&':
			value = p.anchored(column, true)
		default:
			value = p.inline(column, nil)
		}
		if value == nil {
			value = p.node(yaml.ScalarNode, "!!null", &after)
		}
		p.stack = append(p.stack, value)
		if p.end() || p.indent() < column {
			break
		}
		if p.indent() > column {
			p.fail()
		}
	}
	p.adopt(n, from)
	p.deep--
	return n
}

// under reads the value in the lines below a key or a dash; nil is none. A sequence below a key may be as far to the left as
// the key.
func (p *commonYAML) under(column int, key bool, at *yamlMark) *yaml.Node {
	p.rest()
	switch {
	case p.end() || p.indent() < column:
		return nil
	case p.indent() == column && key && p.entry():
		return p.sequence(at)
	case p.indent() == column:
		return nil
	}
	return p.block(column, at)
}

// anchored reads a value with an anchor.
func (p *commonYAML) anchored(column int, key bool) *yaml.Node {
	here := p.mark()
	at := &here
	at.anchor = p.name()
	p.spaces()
	if c := p.at(p.pos); c != '\n' && c != 0 && c != '#' {
		return p.inline(column, at)
	}
	n := p.under(column, key, at)
	if n == nil {
		p.fail()
	}
	return n
}
