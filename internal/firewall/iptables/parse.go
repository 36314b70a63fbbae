package iptables

import (
	"slices"
	"strconv"
	"strings"
)

// A command is one line of iptables, taken apart.
type command struct {
	verb   byte // A, I, D, R, C, N, X, F, Z, P, E, L, S; 0 without one
	chain  word
	number int // of -I, -D and -R; 0 without
	policy string
	name   string // what -E calls the chain
	table  string
	skip   bool // -4 in ip6tables, -6 in iptables
	rule   spec
	// unknown is why it is not known what the command does; at all.
	unknown string
}

// A spec is what a rule says, as words.
type spec struct {
	protocol    int // -1 without -p
	notProtocol bool
	src, dst    []address // nil without -s
	notSrc      bool
	notDst      bool
	in, out     string
	notIn       bool
	notOut      bool
	fragment    int // 0, 1 for -f, -1 for ! -f
	matches     []*use
	target      *use
	jump        word
	goes        bool // -g
	words       []word
	unknown     []string // why parts of it are not known
}

// A use is an extension with what was given to it.
type use struct {
	ext    *extension
	name   string // of a foreign one
	values []value
}

type value struct {
	option *option
	text   string // as normal turns it
	not    bool
}

func (u *use) get(name string) (value, bool) {
	for _, v := range u.values {
		if v.option.name() == name {
			return v, true
		}
	}
	return value{}, false
}

func (u *use) has(name string) bool { _, ok := u.get(name); return ok }

// A mistake is why iptables refuses a line.
type mistake struct {
	msg, hint string
	column    int
}

// A parser takes one line apart, as getopt_long does with the options of the extensions that were named so far.
type parser struct {
	family  int
	table   string
	restore bool
	sets    *Sets
	words   []word
	at      int
	not     bool
	seen    map[string]bool
	cmd     command
	current *use // the extension that takes foreign options
	err     *mistake
}

func (p *parser) fail(w word, format string, hint ...string) bool {
	if p.err == nil {
		p.err = &mistake{msg: format, column: w.column, hint: strings.Join(hint, " ")}
	}
	return false
}

// parse reads the words after the program's name.
func (p *parser) parse() (*command, *mistake) {
	p.seen = make(map[string]bool)
	p.cmd.table = p.table
	p.cmd.rule.protocol = -1
	p.cmd.rule.words = p.words
	for p.at < len(p.words) && p.err == nil && !(p.cmd.skip && p.restore) {
		w := p.words[p.at]
		p.at++
		switch {
		case w.unknown != "":
			p.cmd.rule.unknown = append(p.cmd.rule.unknown, w.unknown)
		case w.text == "!":
			if p.not {
				p.fail(w, "two ! in a row")
			}
			if p.not = true; p.at == len(p.words) {
				p.fail(w, "nothing follows the !")
			}
			continue
		case strings.HasPrefix(w.text, "--") && len(w.text) > 2:
			p.long(w)
		case strings.HasPrefix(w.text, "-") && len(w.text) > 1 && w.text != "--":
			p.short(w)
		default:
			if p.current == nil || p.current.ext != nil {
				p.fail(w, "the word "+strconv.Quote(clip(w.text))+" belongs to no option")
			}
		}
		p.not = false
	}
	if p.err == nil {
		p.finish()
	}
	return &p.cmd, p.err
}

var longOptions = map[string]byte{
	"append": 'A', "check": 'C', "delete": 'D', "insert": 'I', "replace": 'R', "list": 'L', "list-rules": 'S', "flush": 'F', "zero": 'Z',
	"new-chain": 'N', "delete-chain": 'X', "rename-chain": 'E', "policy": 'P', "source": 's', "src": 's', "destination": 'd', "dst": 'd',
	"protocol": 'p', "proto": 'p', "in-interface": 'i', "out-interface": 'o', "jump": 'j', "goto": 'g', "table": 't', "match": 'm', "numeric": 'n',
	"fragments": 'f', "set-counters": 'c', "verbose": 'v', "wait": 'w', "wait-interval": 'W', "exact": 'x', "version": 'V', "help": 'h',
	"line-numbers": '0', "modprobe": 'M', "ipv4": '4', "ipv6": '6', "random": 0,
}

// arguments tells the short options that take one: 1 must, 2 may.
func arguments(c byte) int {
	switch c {
	case 'A', 'D', 'R', 'I', 'C', 'N', 'P', 'E', 's', 'd', 'p', 'i', 'o', 'j', 'g', 't', 'm', 'c', 'M':
		return 1
	case 'L', 'S', 'F', 'Z', 'X', 'w', 'W':
		return 2
	}
	return 0
}

// long takes an option with two dashes: one of iptables' own, or of an extension; the one that was named last comes first.
func (p *parser) long(w word) {
	name, attached, has := strings.Cut(w.text[2:], "=")
	argument := word{text: attached, column: w.column + width(name) + 3}
	if p.try(w, name, argument, has) || p.byProtocol() && p.try(w, name, argument, has) {
		return
	}
	if p.current == nil || p.current.ext != nil { // what a foreign extension takes is not known
		p.fail(w, "the option --"+clip(name)+" is not known here", p.hint(name))
	}
}

// try takes an option that is known so far: by its name, else by a beginning that no other one has.
func (p *parser) try(w word, name string, argument word, has bool) bool {
	c, known := longOptions[name]
	known = known && c != 0
	u, o := p.find(name, true)
	if !known && o == nil {
		var n int
		c, n = p.abbreviated(name)
		u, o = p.find(name, false)
		if known = n == 1 && o == nil; n > 0 {
			o = nil
		}
	}
	switch {
	case known:
		p.base(w, c, argument, has, true)
	case o != nil:
		p.extra(w, u, o, argument, has)
	}
	return known || o != nil
}

func (p *parser) abbreviated(name string) (byte, int) {
	found := make(map[byte]bool)
	var c byte
	for long, short := range longOptions {
		if short != 0 && strings.HasPrefix(long, name) {
			found[short] = true
			c = short
		}
	}
	return c, len(found)
}

// find looks for the option of an extension; without exact a beginning is enough where it is the only one.
func (p *parser) find(name string, exact bool) (*use, *option) {
	uses := slices.Clone(p.cmd.rule.matches)
	if p.cmd.rule.target != nil {
		uses = append(uses, p.cmd.rule.target)
	}
	slices.Reverse(uses)
	var user *use
	var found *option
	for _, u := range uses {
		if u.ext == nil {
			continue
		}
		for _, o := range u.ext.takes(name, exact) {
			if exact {
				return u, o
			}
			if found != nil && found != o {
				return nil, nil
			}
			user, found = u, o
		}
	}
	return user, found
}

// byProtocol brings in the match of the protocol that -p named.
func (p *parser) byProtocol() bool {
	name := protocolMatches[p.cmd.rule.protocol]
	e := findExtension(name, false, p.family)
	if e == nil || p.seen["proto match"] || slices.ContainsFunc(p.cmd.rule.matches, func(u *use) bool { return u.ext == e }) {
		return false
	}
	p.seen["proto match"] = true
	p.cmd.rule.matches = append(p.cmd.rule.matches, &use{ext: e, name: name})
	return true
}

// short takes a word with one dash, which may hold several options.
func (p *parser) short(w word) {
	for i := 1; i < len(w.text) && p.err == nil; i++ {
		c := w.text[i]
		argument := word{text: w.text[i+1:], column: w.column + i + 1}
		if n := arguments(c); n > 0 {
			p.base(w, c, argument, argument.text != "", false)
			return
		}
		p.base(w, c, word{}, false, false)
	}
}

// argument is what an option takes: what was attached to it, or the next word.
func (p *parser) argument(w, attached word, has bool) (word, bool) {
	if has {
		return attached, true
	}
	if p.at == len(p.words) {
		return word{}, p.fail(w, "the option "+clip(w.text)+" wants an argument")
	}
	p.at++
	return p.words[p.at-1], true
}

func (p *parser) hint(name string) string {
	for key, e := range extensions() {
		if len(e.takes(name, true)) == 0 {
			continue
		}
		if protocol, ok := protocolMatches[p.cmd.rule.protocol]; !key.target && (!ok || protocol != key.name) && len(e.protocols) > 0 {
			return "name the protocol with -p before the options of its match"
		}
	}
	return ""
}

// clip keeps messages short whatever the input is.
func clip(s string) string {
	if len(s) > 60 {
		return strings.ToValidUTF8(s[:57], "") + "..."
	}
	return s
}
