package iptables

import (
	"strconv"
	"strings"

	"sallyport/internal/firewall"
)

// base takes one of iptables' own options.
func (p *parser) base(w word, c byte, attached word, has, long bool) {
	if p.not && !strings.ContainsRune("sdpiofm", rune(c)) {
		p.fail(w, "there can be no ! before "+clip(w.text))
		return
	}
	if strings.IndexByte("ACDIRLSFZNXEP", c) >= 0 {
		p.verb(w, c, attached, has)
		return
	}
	var a word
	if arguments(c) == 1 {
		var ok bool
		if a, ok = p.argument(w, attached, has); !ok {
			return
		}
	}
	if strings.IndexByte("sdpiojgc", c) >= 0 {
		kind := c
		if c == 'g' {
			kind = 'j'
		}
		if key := string(kind); p.seen[key] {
			p.fail(w, "the option "+clip(w.text)+" can be given once")
			return
		} else {
			p.seen[key] = true
		}
	}
	if has && (c == 'p' || c == 'j') {
		p.fail(w, "iptables wants "+clip(a.text)+" as a word of its own", "write -"+string(c)+" "+clip(a.text))
		return
	}
	if a.unknown != "" && strings.IndexByte("sdpio", c) >= 0 {
		p.cmd.rule.unknown = append(p.cmd.rule.unknown, a.unknown)
		return
	}
	switch c {
	case 's', 'd':
		p.host(c, a)
	case 'p':
		p.protocol(a)
	case 'i', 'o':
		p.device(c, a)
	case 'f':
		p.fragments(w)
	case 'm':
		p.match(w, a)
	case 'j', 'g':
		p.target(c, a)
	case 'c':
		p.counters(w, a)
	default:
		p.minor(w, c, a)
	}
}

// minor takes the options that say nothing about packets.
func (p *parser) minor(w word, c byte, a word) {
	switch c {
	case 't':
		if p.restore {
			p.fail(w, "-t cannot stand in what iptables-restore reads", "write the rule below the table's own line")
		} else if a.unknown != "" {
			p.cmd.unknown = a.unknown
		} else if p.cmd.table = a.text; builtin[a.text] == nil {
			p.fail(a, "there is no table "+clip(a.text))
		}
	case '4', '6':
		p.cmd.skip = p.cmd.skip || (c == '4') != (p.family == 4)
		if p.cmd.skip && !p.restore {
			p.fail(w, "-"+string(c)+" is for the other family's program")
		}
	case 'w', 'W':
		if p.restore {
			p.fail(w, "-w cannot stand in what iptables-restore reads")
		} else if p.at < len(p.words) && digits(p.words[p.at].text) {
			p.at++
		}
	case 'n', 'x', '0':
		p.seen["listing"] = true
	case 'v', 'M', 'V', 'h':
	default:
		p.fail(w, "the option "+clip(w.text)+" is not known here")
	}
}

func digits(s string) bool { return s != "" && strings.Trim(s, "0123456789.") == "" }

// verb takes an option that says what to do.
func (p *parser) verb(w word, c byte, attached word, has bool) {
	if p.cmd.verb != 0 {
		if p.cmd.verb == 'F' && c == 'Z' || p.cmd.verb == 'L' && c == 'Z' || p.cmd.verb == 'Z' && strings.IndexByte("LFS", c) >= 0 {
			return
		}
		p.fail(w, "-"+string(c)+" and -"+string(p.cmd.verb)+" exclude each other")
		return
	}
	p.cmd.verb = c
	switch {
	case arguments(c) == 1 || has:
		p.cmd.chain, _ = p.argument(w, attached, has)
	case p.more():
		p.cmd.chain = p.words[p.at]
		p.at++
	}
	if p.cmd.chain.unknown != "" {
		p.cmd.unknown = p.cmd.chain.unknown
	}
	switch c {
	case 'I', 'D', 'R', 'L', 'S', 'Z':
		if c == 'R' && !p.more() {
			p.fail(w, "-R wants the number of a rule")
			return
		}
		if p.more() {
			p.number(p.words[p.at])
			p.at++
		}
	case 'P', 'E':
		if !p.more() {
			p.fail(w, "-"+string(c)+" wants two arguments")
			return
		}
		next := p.words[p.at]
		p.at++
		if next.unknown != "" {
			p.cmd.unknown = next.unknown
		}
		if c == 'P' {
			p.cmd.policy = next.text
		} else {
			p.cmd.name = next.text
		}
	}
}

// more tells whether the next word is an argument.
func (p *parser) more() bool {
	return p.at < len(p.words) && p.words[p.at].text != "" && p.words[p.at].text[0] != '-' && p.words[p.at].text[0] != '!'
}

func (p *parser) number(w word) {
	if w.unknown != "" {
		p.cmd.unknown = w.unknown
		return
	}
	n, ok := number(w.text, 1<<31-1)
	if !ok || n == 0 {
		p.fail(w, "the number of a rule cannot be "+strconv.Quote(clip(w.text)))
		return
	}
	p.cmd.number = int(n)
}

// number reads a number as strtoul does: decimal, hexadecimal with 0x, octal with 0.
func number(s string, most uint64) (uint64, bool) {
	lower := strings.ToLower(strings.TrimPrefix(strings.TrimLeft(s, " \t"), "+"))
	if lower == "" || lower[0] == '+' || lower[0] == '-' || strings.Contains(lower, "_") {
		return 0, false
	}
	if strings.HasPrefix(lower, "0b") || strings.HasPrefix(lower, "0o") {
		return 0, false
	}
	n, err := strconv.ParseUint(lower, 0, 64)
	return n, err == nil && n <= most
}

func (p *parser) protocol(a word) {
	n, ok := protocol(a.text)
	switch {
	case !ok:
		p.fail(a, "there is no protocol "+strconv.Quote(clip(a.text)))
	case n == 0 && p.not:
		p.fail(a, "no packet is of no protocol at all")
	case n != 0:
		p.cmd.rule.protocol, p.cmd.rule.notProtocol = n, p.not
	}
}

func protocol(name string) (int, bool) {
	lower := strings.ToLower(name)
	switch lower {
	case "all":
		return 0, true
	case "icmpv6":
		return 58, true
	case "mh":
		return 135, true
	}
	if n, ok := number(lower, 255); ok {
		return int(n), true
	}
	n, ok := firewall.ProtocolNumber(lower)
	return int(n), ok
}

func (p *parser) device(c byte, a word) {
	switch {
	case a.text == "":
		p.fail(a, "the name of an interface cannot be empty")
	case len(a.text) > 15:
		p.fail(a, "the name of an interface has 15 characters at most")
	case c == 'i':
		p.cmd.rule.in, p.cmd.rule.notIn = a.text, p.not
	default:
		p.cmd.rule.out, p.cmd.rule.notOut = a.text, p.not
	}
}

func (p *parser) fragments(w word) {
	if p.family == 6 {
		p.fail(w, "-f is IPv4's alone", "use -m frag")
		return
	}
	p.cmd.rule.fragment = 1
	if p.not {
		p.cmd.rule.fragment = -1
	}
}

func (p *parser) counters(w, a word) {
	if strings.Contains(a.text, ",") {
		return
	}
	if !p.more() {
		p.fail(w, "-c wants the counts of packets and of bytes")
		return
	}
	p.at++
}

func (p *parser) match(w, a word) {
	if p.not {
		p.fail(w, "there can be no ! before -m", "put it before the option of the match")
		return
	}
	if a.unknown != "" {
		p.cmd.rule.unknown = append(p.cmd.rule.unknown, a.unknown)
		p.current = &use{}
		return
	}
	e := findExtension(a.text, false, p.family)
	switch {
	case e != nil:
		p.current = &use{ext: e, name: a.text}
	case foreign[a.text]:
		p.current = &use{name: a.text}
	default:
		p.fail(a, "there is no match "+clip(a.text), p.other(a.text, false))
		return
	}
	p.cmd.rule.matches = append(p.cmd.rule.matches, p.current)
}

func (p *parser) other(name string, target bool) string {
	if findExtension(name, target, 10-p.family) != nil {
		return "it is for the other family"
	}
	return ""
}

func (p *parser) target(c byte, a word) {
	p.cmd.rule.jump, p.cmd.rule.goes = a, c == 'g'
	switch {
	case a.unknown != "":
		p.current = &use{}
	case a.text == "" || len(a.text) > 28:
		p.fail(a, "the name of a target has 1 to 28 characters")
	case c == 'j':
		if e := findExtension(a.text, true, p.family); e != nil {
			p.cmd.rule.target = &use{ext: e, name: a.text}
			p.current = p.cmd.rule.target
		} else if foreign[a.text] {
			p.current = &use{name: a.text}
		}
	}
}
