package systemd

import (
	"strconv"
	"strings"

	"sallyport/internal/secret"
)

// execSettingsInOrder are the settings that hold commands.
var execSettingsInOrder = []string{
	"ExecCondition", "ExecStartPre", "ExecStart", "ExecStartPost", "ExecReload", "ExecReloadPost", "ExecStop",
	"ExecStopPre", "ExecStopPost",
}

// A parsed is one command of an assignment.
type parsed struct {
	entry *entry
	// prefixes are the characters in front of the program.
	prefixes string
	// words are the program, without its prefixes, and its arguments.
	words []word
	// start is where the prefixes begin, from the program, and to is the end.
	start, from, to int
	// why says why systemd cannot run it, and hint what to write; "" for a good one.
	why, hint string
}

// raw is the text of the command from the program on.
func (p *parsed) raw() string { return p.entry.value[p.from:p.to] }

// ignored tells whether systemd leaves the command out without a fuss.
func (p *parsed) ignored() bool { return p.why != "" && strings.Contains(p.prefixes, "-") }

// commands takes the value of a command setting apart, once.
func (u *unit) commands(e *entry) []*parsed {
	if !e.apart {
		e.apart, e.commands = true, u.parseCommands(e)
	}
	return e.commands
}

// parseCommands takes the value of a command setting apart; a lone ";" separates commands. The first one that cannot run ends
// the reading.
func (u *unit) parseCommands(e *entry) (list []*parsed) {
	cur := (*parsed)(nil)
	for i := 0; ; {
		start := i + len(e.value[i:]) - len(strings.TrimLeft(e.value[i:], blanks))
		if separator(e.value, start, ";") {
			if u.check(cur) {
				return list
			}
			cur, i = nil, start+1
			continue
		}
		w, ok, err := next(e.value, i, lenient)
		switch {
		case err != nil && cur != nil:
			cur.why, cur.hint = err.Error(), "balance the quotes"
			return list
		case err != nil || !ok:
			u.check(cur)
			return list
		}
		if separator(e.value, start, `\;`) {
			w.text = ";"
		}
		i = w.to
		if cur == nil {
			cur = &parsed{entry: e, start: w.from, from: w.from}
			n := prefixed(w.text)
			cur.prefixes = w.text[:n]
			w.text = w.text[n:]
			for k := 0; k < n && cur.from < w.to; k++ { // the quote that may stand in front stays
				cur.from++
			}
			list = append(list, cur)
		}
		cur.words = append(cur.words, w)
		cur.to = w.to
	}
}

// check notes why a command cannot run.
func (u *unit) check(p *parsed) bool {
	if p == nil {
		return false
	}
	for _, w := range p.words {
		if _, ok := u.expand(w.text); !ok {
			p.why, p.hint = strconv.Quote(w.text)+" has an unknown specifier", percent
			return true
		}
	}
	program, _ := u.expand(p.words[0].text)
	if p.why, p.hint = unusable(program); p.why == "" && strings.Contains(p.prefixes, "@") && len(p.words) == 1 {
		p.why, p.hint = `"@" wants the name that the program gets`, `write the name behind the program, or remove "@"`
	}
	return p.why != ""
}

// prefixed is how many characters in front of a program are prefixes: each kind once, and one of "+", "!" and "!!".
func prefixed(word string) int {
	seen := ""
	for n := range len(word) {
		c := word[n : n+1]
		switch {
		case strings.Contains("-@:|", c) && !strings.Contains(seen, c):
		case c == "+" && !strings.ContainsAny(seen, "+!"):
		case c == "!" && !strings.Contains(seen, "+") && strings.Count(seen, "!") < 2:
		default:
			return n
		}
		seen += c
	}
	return len(word)
}

// separator tells whether a word stands alone at i, without quotes.
func separator(value string, i int, text string) bool {
	if i >= len(value) || !strings.HasPrefix(value[i:], text) {
		return false
	}
	i += len(text)
	return i == len(value) || blank(value[i])
}

// execs reads the commands of all settings, and the secrets on their command lines.
func (b *builder) execs(f *Unit, root node, section string) {
	f.Exec = []Command{}
	f.Overridden = []secret.Env{}
	n, overridden := root.key("exec"), root.key("overridden")
	for _, setting := range execSettingsInOrder {
		entries := b.unit.all(section, setting)
		reset := -1
		for i, e := range entries {
			if e.value == "" {
				reset = i
			}
		}
		count := 0
		for i, e := range entries {
			for _, p := range b.unit.commands(e) {
				if i < reset {
					b.stale(f, overridden, setting, p)
					continue
				}
				if p.ignored() {
					continue
				}
				count++
				f.Exec = append(f.Exec, b.command(n.index(len(f.Exec)), setting, count, p))
			}
		}
	}
}

// stale notes the secrets of a command that a later assignment takes away: they are still in the file.
func (b *builder) stale(f *Unit, n node, setting string, p *parsed) {
	for _, h := range secret.Find(p.raw()) {
		b.keep(p.entry, h.Value)
		n.index(len(f.Overridden)).entry(p.entry)
		f.Overridden = append(f.Overridden, secret.Env{Name: setting, Value: h.Verdict.Masked, Secret: h.Verdict})
	}
}

func (b *builder) command(n node, setting string, count int, p *parsed) Command {
	c := Command{
		Name: setting, Setting: setting, Argv: []string{}, Secrets: []secret.Verdict{},
		FullPrivileges: strings.Contains(p.prefixes, "+"), KeepsRoot: strings.Count(p.prefixes, "!") == 1,
		KeepsRootLegacy: strings.Count(p.prefixes, "!") > 1, IgnoresFailure: strings.Contains(p.prefixes, "-"),
		NoExpansion: strings.Contains(p.prefixes, ":"), OwnName: strings.Contains(p.prefixes, "@"),
	}
	if count > 1 {
		c.Name += "#" + strconv.Itoa(count)
	}
	if p.start == 0 && p.to == len(p.entry.value) {
		n.entry(p.entry)
	} else {
		n.part(p.entry, p.start, p.to)
	}
	n.key("path").part(p.entry, p.words[0].from, p.words[0].to)
	c.Path = b.unit.resolve(p.words[0].text)
	var raw []string
	from := 0 // hits come in order, mostly
	for _, h := range secret.Find(p.raw()) {
		at := n.key("secrets").index(len(c.Secrets))
		at.entry(p.entry)
		if i := strings.Index(p.raw()[from:], h.Value); i >= 0 {
			from += i
			at.part(p.entry, p.from+from, p.from+from+len(h.Value))
			from += len(h.Value)
		}
		raw = append(raw, h.Value)
		c.Secrets = append(c.Secrets, h.Verdict)
	}
	b.keep(p.entry, raw...)
	redact := secret.Redactor(raw)
	c.Command = redact(p.raw())
	args := p.words
	if c.OwnName && len(args) > 1 {
		args = args[1:]
	}
	for i, w := range args {
		n.key("argv").index(i).part(p.entry, w.from, w.to)
		c.Argv = append(c.Argv, b.unit.resolve(redact(strings.ToValidUTF8(w.text, "\ufffd"))))
	}
	return c
}
