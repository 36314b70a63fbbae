package syntax

import (
	"strings"

	"go.yaml.in/yaml/v3"
)

// literal reads a text in the lines below "|".
func (p *commonYAML) literal(outer int, at *yamlMark) *yaml.Node {
	n := p.node(yaml.ScalarNode, "!!str", at)
	n.Style = yaml.LiteralStyle
	p.pos++
	keep := p.at(p.pos)
	if keep == '-' || keep == '+' {
		p.pos++
	}
	if p.at(p.pos) != '\n' {
		p.fail()
	}
	start := p.pos + 1
	column := 0 // of the text
	for column == 0 {
		p.pos, p.line = p.pos+1, p.line+1
		p.bol = p.pos
		p.spaces()
		switch p.at(p.pos) {
		case '\n':
			if p.pos > p.bol {
				p.fail() // is it a part of the text?
			}
		case 0:
			p.fail()
		default:
			if column = p.indent(); column <= max(outer, 0) {
				p.fail()
			}
		}
	}
	var b strings.Builder
	b.WriteString(p.text[start:p.bol]) // empty lines
	p.body(&b, column)
	n.Value = b.String()
	switch text := strings.TrimRight(n.Value, "\n"); {
	case keep == '-':
		n.Value = text
	case keep != '+' && len(text) < len(n.Value):
		n.Value = n.Value[:len(text)+1]
	}
	if p.lines(false); !p.end() && p.indent() > outer {
		p.fail()
	}
	return n
}

// body reads the lines of a literal text, from the first one that is not empty.
func (p *commonYAML) body(b *strings.Builder, column int) {
	for {
		p.pos = p.bol
		for p.indent() < column && p.at(p.pos) == ' ' {
			p.pos++
		}
		if p.indent() < column && p.at(p.pos) != '\n' {
			p.pos = p.bol
			return
		}
		next := strings.IndexByte(p.text[p.pos:], '\n')
		if next < 0 {
			b.WriteString(p.text[p.pos:])
			p.pos = len(p.text)
			return
		}
		b.WriteString(p.text[p.pos : p.pos+next+1])
		p.pos += next + 1
		p.line++
		p.bol = p.pos
	}
}
