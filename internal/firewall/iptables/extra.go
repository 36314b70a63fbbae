package iptables

import "strings"

// extra takes an option of an extension.
func (p *parser) extra(w word, u *use, o *option, attached word, has bool) {
	if p.not && !o.invertible {
		p.fail(w, "the option --"+o.name()+" of "+u.name+" cannot be inverted")
		return
	}
	if u.has(o.name()) {
		p.fail(w, "the option --"+o.name()+" of "+u.name+" can be given once")
		return
	}
	for _, v := range u.values {
		if o.group != "" && v.option.group == o.group && !o.together {
			p.fail(w, "the options --"+v.option.name()+" and --"+o.name()+" of "+u.name+" exclude each other")
			return
		}
	}
	v := value{option: o, not: p.not}
	if o.kind != "flag" {
		a, ok := p.argument(w, attached, has)
		if !ok {
			return
		}
		v.text = a.text
		unknown := a.unknown
		if second := o.kind == "tcpflags" || o.kind == "two" || o.kind == "set"; second {
			if p.at == len(p.words) || p.words[p.at].text == "!" || strings.HasPrefix(p.words[p.at].text, "-") {
				p.fail(w, "the option --"+o.name()+" wants two arguments")
				return
			}
			b := p.words[p.at]
			p.at++
			v.text += " " + b.text
			unknown += b.unknown
		}
		if unknown != "" {
			p.cmd.rule.unknown = append(p.cmd.rule.unknown, unknown)
			v.text = ""
		} else if text, problem := p.normal(o, v.text); problem != "" {
			p.fail(a, problem)
			return
		} else {
			v.text = text
		}
	} else if has {
		p.fail(w, "the option --"+o.name()+" takes no argument")
		return
	}
	u.values = append(u.values, v)
}
