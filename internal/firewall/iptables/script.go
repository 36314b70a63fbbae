package iptables

import (
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
	"sync"

	"sallyport/internal/fact"
	"sallyport/internal/firewall"
	"sallyport/internal/shell"
)

// ReadScript reads a shell script that calls iptables, ip6tables, ipset and their restore programs. Commands are taken in the order in
// which the shell runs them, and one that is refused does not stop the others. What the script does on a condition that
// is not known is in doubt; a script that is called with a word is taken to be called with start.
func ReadScript(fsys fs.FS, name string) (*firewall.Ruleset, error) {
	s, err := trace(fsys, name)
	if err != nil {
		return nil, err
	}
	return s.l.Ruleset(), nil
}

func trace(fsys fs.FS, name string) (*script, error) {
	text, err := read(fsys, name)
	if err != nil {
		return nil, err
	}
	s := &script{l: NewLoader(name), fsys: fsys, name: name, lines: map[string][]int{"": newlines(text)}, texts: map[string]string{"": text}}
	t := shell.Tracer{Run: s.run, Open: s.open}
	if err := t.Trace(text); err != nil {
		return nil, &fact.Error{File: name, Line: 1, Msg: clip(err.Error()), Hint: "give the saved rules instead, as iptables-save prints them"}
	}
	return s, s.l.err
}

type script struct {
	l     *Loader
	fsys  fs.FS
	name  string
	lines map[string][]int // of each source, where its lines begin
	texts map[string]string
	begun map[int]bool // families whose rules have begun
}

func newlines(text string) []int {
	at := []int{0}
	for i := range len(text) {
		if text[i] == '\n' {
			at = append(at, i+1)
		}
	}
	return at
}

// open reads a file of the tree: by its path from the root, or beside the script.
func (s *script) open(name string) (string, bool) {
	_, text, ok := s.find(name)
	if ok {
		s.lines[name], s.texts[name] = newlines(text), text
	}
	return text, ok
}

func (s *script) find(name string) (file, text string, ok bool) {
	for _, candidate := range []string{path.Clean(strings.TrimPrefix(name, "/")), path.Join(path.Dir(s.name), name), path.Join(path.Dir(s.name), path.Base(name))} {
		if !fs.ValidPath(candidate) || candidate == s.name {
			continue
		}
		if text, err := read(s.fsys, candidate); err == nil {
			return candidate, text, true
		}
	}
	return "", "", false
}

// span is where a call stands.
func (s *script) span(c shell.Call) fact.Span {
	line, column := s.position(c.Source, c.Offset)
	endLine, endColumn := s.position(c.Source, c.End)
	sp := fact.Span{Line: line, Column: column, EndLine: endLine, EndColumn: endColumn}
	if c.Source != "" {
		sp.File, _, _ = s.find(c.Source)
	}
	return sp
}

func (s *script) position(source string, offset int) (line, column int) {
	lines, text := s.lines[source], s.texts[source]
	i, found := slices.BinarySearch(lines, offset)
	if !found {
		i--
	}
	i = max(i, 0)
	return i + 1, 1 + width(text[lines[i]:min(max(offset, lines[i]), len(text))])
}

var (
	program  = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^ip(6?)tables(-legacy|-nft)?$`) })
	restorer = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`^ip(6?)tables(-legacy|-nft)?-(restore|apply)(-translate)?$`)
	})
	variable = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`(?i)^\$\w*ip(t|6t|v4t|v6t)\w*`) })
)

// run does what one command does.
func (s *script) run(c shell.Call) shell.Status {
	if s.l.err != nil {
		return shell.Maybe
	}
	name, family := path.Base(c.Args[0].Text), 4
	if why := c.Args[0].Unknown; why != "" {
		if name = ""; variable().MatchString(why) { // a variable that is set elsewhere, and says what it is
			name = "iptables"
			if strings.Contains(why, "6") {
				name = "ip6tables"
			}
			if strings.Contains(strings.ToLower(why), "restore") {
				name += "-restore"
			}
		}
	}
	if strings.HasPrefix(name, "ip6") {
		family = 6
	}
	switch {
	case program().MatchString(name):
		return s.command(c, family)
	case restorer().MatchString(name):
		return s.restore(c, family)
	case name == "ipset":
		return s.ipset(c)
	case name == "nft" || name == "ufw" || name == "firewall-cmd":
		s.l.partial = append(s.l.partial, firewall.Unknown{Why: "what " + name + " does", At: s.span(c)})
	case name == "" && c.Args[0].Unknown != "" && looksLikeRule(c.Args):
		for _, f := range []int{4, 6} {
			s.taint(f, "", c.Args[0].Unknown, s.span(c))
		}
	}
	return shell.Maybe
}

func looksLikeRule(args []shell.Arg) bool {
	return slices.ContainsFunc(args, func(a shell.Arg) bool { return slices.Contains([]string{"-A", "-I", "-P", "-F", "-D"}, a.Text) })
}

func wordsOf(args []shell.Arg, column int) []word {
	var list []word
	for _, a := range args {
		list = append(list, word{text: a.Text, column: column, unknown: a.Unknown})
	}
	return list
}

// command is one call of iptables.
func (s *script) command(c shell.Call, family int) shell.Status {
	at := s.span(c)
	list := wordsOf(c.Args[1:], at.Column)
	p := parser{family: family, table: "filter", sets: s.l.sets, words: list}
	cmd, m := p.parse()
	if m != nil {
		return s.refuse(c, at, m)
	}
	if cmd.unknown != "" {
		s.taint(family, cmd.table, cmd.unknown, at)
		return shell.Maybe
	}
	t := s.l.table(family, cmd.table)
	if t == nil {
		t = newTable(family, cmd.table, at)
	}
	s.begin(family, cmd, at)
	work := t
	risky := risky(cmd, t)
	if risky {
		rules := 0
		for _, ch := range t.chains {
			rules += len(ch.rules)
		}
		if s.l.spend(100*rules+1000*len(t.chains), s.name, at.Line) {
			return shell.Maybe
		}
		work = t.copy()
	}
	if m := s.l.apply(work, cmd, at, line(list), c.Doubt); m != nil {
		return s.refuse(c, at, m)
	}
	if risky {
		if _, why := work.check(); why != "" {
			return s.refuse(c, at, &mistake{msg: why})
		}
		if work.edges == nil {
			work.edges = make(map[[2]string]bool)
		}
		work.edges[[2]string{cmd.chain.text, cmd.rule.jump.text}] = true
	}
	s.l.put(work)
	if c.Doubt != "" || len(cmd.rule.unknown) > 0 && cmd.verb != 'A' {
		return shell.Maybe
	}
	return shell.Done
}

// risky tells of commands that the kernel may refuse for what stands elsewhere in the table: those that jump where their
// chain did not jump yet, and those that not every hook takes.
func risky(cmd *command, t *table) bool {
	if strings.IndexByte("AIR", cmd.verb) < 0 {
		t.edges = nil // what was found of circles does not hold any more
		return false
	}
	from, to := t.byName[cmd.chain.text], t.byName[cmd.rule.jump.text]
	if to != nil && !t.edges[[2]string{cmd.chain.text, to.name}] {
		ends := to.hook == firewall.NoHook && !slices.ContainsFunc(to.rules, func(r *rule) bool { return r.jumps || r.limited() })
		if from == nil || from.hook == firewall.NoHook || !ends {
			return true
		}
	}
	r := rule{spec: cmd.rule}
	return r.limited()
}

// limited tells of a rule that has no meaning on some hooks.
func (r *rule) limited() bool {
	for _, u := range r.spec.matches {
		if u.ext != nil && u.hooksOf() != "" {
			return true
		}
	}
	t := r.spec.target
	return t != nil && t.hooksOf() != ""
}

// begin notes the first rule of a family: without a flush before, there may be others.
func (s *script) begin(family int, cmd *command, at fact.Span) {
	if s.begun == nil {
		s.begun = make(map[int]bool)
	}
	switch {
	case s.begun[family] || cmd.table != "filter":
	case cmd.verb == 'F':
		s.begun[family] = true
	case cmd.verb == 'A' || cmd.verb == 'I':
		s.begun[family] = true
		s.l.partial = append(s.l.partial, firewall.Unknown{Why: "rules that were there before the script", At: at})
	}
}

func (s *script) refuse(c shell.Call, at fact.Span, m *mistake) shell.Status {
	if c.Doubt != "" {
		return shell.Maybe
	}
	if !c.Guarded {
		file := at.File
		if file == "" {
			file = s.name
		}
		s.l.refused = append(s.l.refused, &fact.Error{File: file, Line: at.Line, Column: at.Column, Msg: m.msg, Hint: m.hint})
	}
	return shell.Failed
}

// taint says that a table, or with "" each, may have become anything.
func (s *script) taint(family int, name, why string, at fact.Span) {
	s.l.partial = append(s.l.partial, firewall.Unknown{Why: why, At: at})
	for _, n := range []string{"raw", "mangle", "nat", "filter", "security"} {
		if name != "" && n != name || name == "" && n != "filter" {
			continue
		}
		t := s.l.table(family, n)
		if t == nil {
			t = newTable(family, n, at)
			s.l.put(t)
		}
		for _, c := range t.chains {
			if c.hook != firewall.NoHook {
				r := &rule{spec: spec{protocol: -1, jump: word{unknown: why}}, doubts: []string{why}, at: at, text: "what the script does here", chain: c}
				c.rules = slices.Insert(c.rules, 0, r)
			}
		}
	}
}
