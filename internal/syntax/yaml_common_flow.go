package syntax

import "go.yaml.in/yaml/v3"

// flow reads a flow collection that ends in its line.
func (p *commonYAML) flow(at *yamlMark) *yaml.Node {
	p.down()
	n := p.node(yaml.SequenceNode, "!!seq", at)
	closing := byte(']')
	if p.text[p.pos] == '{' {
		n.Kind, n.Tag, closing = yaml.MappingNode, "!!map", '}'
	}
	n.Style = yaml.FlowStyle
	p.pos++
	p.spaces()
	from := len(p.stack)
	for p.at(p.pos) != closing {
		if n.Kind == yaml.MappingNode {
			key := p.flowScalar()
			if p.at(p.pos) != ':' || p.at(p.pos+1) != ' ' {
				p.fail()
			}
			p.pos++
			p.spaces()
			p.stack = append(p.stack, key)
		}
		value := p.flowValue()
		p.stack = append(p.stack, value)
		p.spaces()
		switch p.at(p.pos) {
		case closing:
		case ',':
			p.pos++
			if p.spaces(); p.at(p.pos) == closing {
				p.fail()
			}
		default:
			p.fail()
		}
	}
	p.pos++
	p.adopt(n, from)
	p.deep--
	return n
}

func (p *commonYAML) flowValue() *yaml.Node {
	switch p.at(p.pos) {
	case '[', '{':
		return p.flow(nil)
	case '*':
		return p.alias()
	}
	return p.flowScalar()
}

func (p *commonYAML) flowScalar() *yaml.Node {
	if c := p.at(p.pos); c == '"' || c == '\'' {
		return p.quoted(nil)
	}
	return p.plain(true, nil)
}
