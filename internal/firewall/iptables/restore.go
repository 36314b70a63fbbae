package iptables

import (
	"slices"
	"strings"

	"sallyport/internal/fact"
	"sallyport/internal/firewall"
)

// Restore does what iptables-restore, or with family 6 ip6tables-restore, does with a text; noflush is its -n. Each table is
// a transaction of its own: it is loaded at its COMMIT or not at all, and after a mistake nothing more is. It says whether all
// was loaded.
func (l *Loader) Restore(family int, file, text string, noflush bool) bool {
	return l.restore(family, file, text, 0, noflush, "")
}

func (l *Loader) restore(family int, file, text string, before int, noflush bool, doubt string) bool {
	r := &restoring{l: l, family: family, file: file, noflush: noflush, doubt: doubt, line: before}
	return r.run(text)
}

type restoring struct {
	l       *Loader
	family  int
	file    string
	noflush bool
	doubt   string
	fixed   *fact.Span // the place of all that is read
	table   *table     // open, between its line and COMMIT
	line    int
}

func (r *restoring) run(text string) bool {
	refuse := func(m *mistake) bool {
		line := max(r.line, 1)
		if r.fixed != nil {
			line, m.column = r.fixed.Line, r.fixed.Column
		}
		r.l.refuse(r.file, line, m)
		return false
	}
	for raw := range strings.Lines(text) {
		r.line++
		if m := r.read(strings.TrimSuffix(raw, "\n"), raw); m != nil {
			return refuse(m)
		}
		if r.l.err != nil {
			return false
		}
	}
	if r.table != nil {
		return refuse(&mistake{msg: "the table " + r.table.name + " has no COMMIT", hint: "end it with a line COMMIT"})
	}
	return true
}

func (r *restoring) read(line, raw string) *mistake {
	switch {
	case line == "" && raw != "" || strings.HasPrefix(line, "#"):
		return nil
	case len(line) > maxLine:
		return &mistake{msg: "the line is longer than 10 239 bytes"}
	case strings.HasSuffix(line, "\r"):
		return &mistake{msg: "the line ends with CR LF, which iptables-restore takes for a part of it", hint: "save the file with Unix line ends", column: width(line)}
	case r.table == nil && strings.HasPrefix(line, "*"):
		return r.begin(line)
	case r.table == nil:
		return &mistake{msg: "the line stands outside of a table", hint: "begin the table with a line such as *filter"}
	case line == "COMMIT":
		return r.commit()
	case strings.HasPrefix(line, ":"):
		return r.declare(line)
	}
	return r.rule(line)
}

func (r *restoring) span(line string) fact.Span {
	if r.fixed != nil {
		return *r.fixed
	}
	s := fact.Span{Line: r.line, Column: 1, EndLine: r.line, EndColumn: 1 + width(line)}
	if r.file != r.l.file {
		s.File = r.file
	}
	return s
}

func (r *restoring) begin(line string) *mistake {
	name := firstWord(line[1:])
	if builtin[name] == nil {
		return &mistake{msg: "there is no table " + clip(name), column: 2}
	}
	old := r.l.table(r.family, name)
	switch {
	case old != nil && (r.noflush || r.doubt != ""):
		r.table = old.copy()
	default:
		r.table = newTable(r.family, name, r.span(line))
	}
	if r.doubt != "" && !r.noflush {
		for _, c := range r.table.chains {
			for _, one := range c.rules {
				one.doubts = append(slices.Clone(one.doubts), r.doubt)
			}
		}
	}
	return nil
}

func firstWord(s string) string {
	if f := strings.Fields(s); len(f) > 0 {
		return f[0]
	}
	return ""
}

func (r *restoring) commit() *mistake {
	if at, why := r.table.check(); why != "" {
		m := &mistake{msg: why}
		if r.fixed == nil && at.at.Line > 0 && at.at.File == r.span("").File {
			r.line = at.at.Line
		}
		return m
	}
	r.l.put(r.table)
	r.table = nil
	return nil
}

// declare reads ":CHAIN POLICY [PACKETS:BYTES]". A chain of the user's that is there already is emptied.
func (r *restoring) declare(line string) *mistake {
	f := strings.Fields(line[1:])
	if len(f) < 2 {
		return &mistake{msg: "a chain is declared with its policy, or - for none"}
	}
	name, policy, t := f[0], f[1], r.table
	c := t.byName[name]
	switch {
	case c == nil:
		if problem := chainName(name, 0); problem != "" {
			return &mistake{msg: problem, column: 2}
		}
		c = &chain{name: name, at: r.span(line)}
		t.add(c)
	case c.hook == firewall.NoHook:
		c.rules = nil
	}
	if c.hook == firewall.NoHook || policy == "-" {
		return nil
	}
	kind, ok := policies[policy]
	if !ok {
		return &mistake{msg: "the policy of a chain is ACCEPT or DROP", column: 3 + width(name)}
	}
	if r.doubt != "" {
		c.policies = append(slices.Clone(c.policies), policyDoubt{kind, r.doubt, r.span(line)})
		return nil
	}
	c.policy, c.at, c.policyAt, c.policies = kind, r.span(line), r.span(line), nil
	return nil
}

func (r *restoring) rule(line string) *mistake {
	text, column := line, 1
	if strings.HasPrefix(line, "[") {
		counters, rest, ok := strings.Cut(line, "]")
		if !ok || !strings.Contains(counters, ":") {
			return &mistake{msg: "the counters before the rule are not [PACKETS:BYTES]"}
		}
		text, column = rest, 2+width(counters)
	}
	words, problem := split(text+"\n", column)
	if problem != "" {
		return &mistake{msg: problem}
	}
	p := parser{family: r.family, table: r.table.name, restore: true, sets: r.l.sets, words: words}
	c, m := p.parse()
	if m != nil || c.skip {
		return m
	}
	if c.verb == 'E' && !r.noflush {
		return &mistake{msg: "a chain that is made here cannot take another name", column: c.chain.column}
	}
	return r.l.apply(r.table, c, r.span(line), strings.TrimSpace(text), r.doubt)
}
