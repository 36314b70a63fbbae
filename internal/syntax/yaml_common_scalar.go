package syntax

import (
	"strings"

	"go.yaml.in/yaml/v3"
)

// inline reads a value that begins in the middle of a line, and goes on to the line after it. outer is the indentation of the
// collection that it is in: a line that is deeper would go on with the value.
func (p *commonYAML) inline(outer int, at *yamlMark) *yaml.Node {
	var n *yaml.Node
	switch p.at(p.pos) {
	case '|':
		return p.literal(outer, at)
	case '[', '{':
		n = p.flow(at)
	case '*':
		if at != nil {
			p.fail()
		}
		n = p.alias()
	case '"', '\'':
		n = p.quoted(at)
	default:
		n = p.plain(false, at)
	}
	if p.rest(); !p.end() && p.indent() > outer {
		p.fail()
	}
	return n
}

// key returns where a key at the position ends and its colon is, or -1 where there is none.
func (p *commonYAML) key() int {
	i := p.pos
	switch c := p.at(i); {
	case c == '"' || c == '\'':
		if i = p.quote(); i < 0 || p.at(i) != ':' || !p.blank(i+1) {
			return -1
		}
	case !p.starts(false):
		return -1
	default:
		for ; p.at(i) != ':' || !p.blank(i+1); i++ {
			if c := p.at(i); c == '\n' || c == 0 || c == '#' && p.text[i-1] == ' ' {
				return -1
			}
		}
	}
	if i-p.pos > commonKey || p.text[i-1] == ' ' {
		p.fail()
	}
	return i
}

// scalar reads the key that ends at an offset.
func (p *commonYAML) scalar(end int) *yaml.Node {
	if c := p.at(p.pos); c == '"' || c == '\'' {
		return p.quoted(nil)
	}
	n := p.node(yaml.ScalarNode, "", nil)
	p.value(n, p.text[p.pos:end])
	p.pos = end
	return n
}

// starts tells whether a plain scalar can begin at the position.
func (p *commonYAML) starts(flow bool) bool {
	switch c := p.at(p.pos); c {
	case '-':
		return !p.blank(p.pos + 1)
	case '?', ':':
		return !flow && !p.blank(p.pos+1)
	default:
		return strings.IndexByte(" \n\x00,[]{}#&*!|>'\"%@`", c) < 0
	}
}

// plain reads a plain scalar that ends in its line.
func (p *commonYAML) plain(flow bool, at *yamlMark) *yaml.Node {
	if !p.starts(flow) {
		p.fail()
	}
	end := p.pos
	for i := p.pos; ; i++ {
		c := p.at(i)
		if c == '\n' || c == 0 {
			if flow {
				p.fail()
			}
			break
		}
		if c == ' ' {
			continue
		}
		if c == '#' && p.text[i-1] == ' ' {
			if flow {
				p.fail()
			}
			break
		}
		if c == ':' && p.blank(i+1) {
			if !flow {
				p.fail()
			}
			break
		}
		if flow {
			if c == ',' || c == ']' || c == '}' {
				break
			}
			if c == '[' || c == '{' || c == '?' {
				p.fail()
			}
		}
		end = i + 1
	}
	n := p.node(yaml.ScalarNode, "", at)
	p.value(n, p.text[p.pos:end])
	p.pos = end
	return n
}

// value sets the text of a plain scalar, and the tag that it has by its form.
func (p *commonYAML) value(n *yaml.Node, text string) {
	n.Value = text
	switch c := text[0]; {
	case c >= '1' && c <= '9' && len(text) <= 18 && allDigits(text):
		n.Tag = "!!int"
	case c >= '0' && c <= '9' || strings.IndexByte("+-.<~nNyYtTfFoO", c) >= 0:
		n.Tag = n.ShortTag()
	default:
		n.Tag = "!!str"
	}
}

func allDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}

// quote returns where the quoted text at the position ends, or -1 where that is in another line.
func (p *commonYAML) quote() int {
	quote := p.text[p.pos]
	for i := p.pos + 1; i < len(p.text) && p.text[i] != '\n'; i++ {
		switch {
		case quote == '"' && p.text[i] == '\\':
			if i++; p.at(i) == '\n' {
				return -1
			}
		case quote == '\'' && p.text[i] == quote && p.at(i+1) == quote:
			i++
		case p.text[i] == quote:
			return i + 1
		}
	}
	return -1
}

func (p *commonYAML) quoted(at *yamlMark) *yaml.Node {
	end := p.quote()
	if end < 0 {
		p.fail()
	}
	n := p.node(yaml.ScalarNode, "!!str", at)
	n.Value = p.text[p.pos+1 : end-1]
	n.Style = yaml.SingleQuotedStyle
	if p.text[p.pos] == '"' {
		n.Style = yaml.DoubleQuotedStyle
		if strings.IndexByte(n.Value, '\\') >= 0 {
			n.Value = p.unescape(n.Value)
		}
	} else if strings.IndexByte(n.Value, '\'') >= 0 {
		n.Value = strings.ReplaceAll(n.Value, "''", "'")
	}
	p.pos = end
	return n
}

// unescape reads the escapes that are often used.
func (p *commonYAML) unescape(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] != '\\' {
			b.WriteByte(s[i])
			continue
		}
		i++
		k := strings.IndexByte(`"\/nrt0`, s[i])
		if k < 0 {
			p.fail()
		}
		b.WriteByte("\"\\/\n\r\t\x00"[k])
	}
	return b.String()
}

// name reads the name of an anchor or alias.
func (p *commonYAML) name() string {
	p.pos++
	start := p.pos
	for c := p.at(p.pos); c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || c == '-'; c = p.at(p.pos) {
		p.pos++
	}
	if p.pos == start || !p.blank(p.pos) && strings.IndexByte(",]}", p.at(p.pos)) < 0 {
		p.fail()
	}
	return p.text[start:p.pos]
}

func (p *commonYAML) alias() *yaml.Node {
	n := p.node(yaml.AliasNode, "", nil)
	n.Value = p.name()
	if n.Alias = p.anchors[n.Value]; n.Alias == nil {
		p.fail()
	}
	return n
}
