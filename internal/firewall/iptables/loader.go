package iptables

import (
	"iter"
	"slices"
	"strings"

	"sallyport/internal/fact"
	"sallyport/internal/firewall"
)

// A Loader is the kernel's tables while programs load rules into them, one after another.
type Loader struct {
	file    string
	sets    *Sets
	tables  []*table
	refused []*fact.Error
	partial []firewall.Unknown
	setters map[string][]*rule
	work    int
	err     error
}

// maxWork bounds the rules that are moved and compared while others are put in and taken out.
const maxWork = 3_000_000_000

// Err is why the rules could not be followed to their end; nil where they were.
func (l *Loader) Err() error { return l.err }

// spend counts work, and says whether there was too much of it.
func (l *Loader) spend(n int, file string, line int) bool {
	l.work += n
	if l.work > maxWork && l.err == nil {
		if file == "" {
			file = l.file
		}
		l.err = &fact.Error{File: file, Line: max(line, 1), Msg: "rules are put in and taken out too often to be followed", Hint: "give the rules as iptables-save prints them"}
	}
	return l.err != nil
}

// NewLoader begins with empty tables. The spans of what comes of other files than this one name their file.
func NewLoader(file string) *Loader {
	return &Loader{file: file, sets: &Sets{written: make(map[string]bool)}}
}

// Sets are the named sets that rules ask for.
func (l *Loader) Sets() *Sets { return l.sets }

type table struct {
	family int
	name   string
	chains []*chain
	byName map[string]*chain
	edges  map[[2]string]bool // jumps between chains that were checked, while scripts run
}

type chain struct {
	name         string
	hook         firewall.Hook
	policy       firewall.VerdictKind
	rules        []*rule
	at, policyAt fact.Span
	mask         string // letters of the hooks that lead here
	depth        int
	visiting     bool
	// policies are those that it may have instead.
	policies []policyDoubt
}

type policyDoubt struct {
	kind firewall.VerdictKind
	why  string
	at   fact.Span
}

type rule struct {
	spec      spec
	src, dst  *address
	jumps     bool // to a chain
	source    bool // of NAT: the source is translated
	doubts    []string
	at        fact.Span
	text      string
	canonical string
	chain     *chain
	index     int
}

type base struct {
	chain    string
	hook     firewall.Hook
	letter   string
	priority int
}

// builtin are the chains that a table has from the beginning (iptables(8)), with what they are to the kernel (linux/netfilter_ipv4.h).
var builtin = map[string][]base{
	"raw": {{"PREROUTING", firewall.Prerouting, "P", -300}, {"OUTPUT", firewall.Output, "O", -300}},
	"mangle": {
		{"PREROUTING", firewall.Prerouting, "P", -150},
		{"INPUT", firewall.Input, "I", -150},
		{"FORWARD", firewall.Forward, "F", -150},
		{"OUTPUT", firewall.Output, "O", -150},
		{"POSTROUTING", firewall.Postrouting, "S", -150},
	},
	"nat": {
		{"PREROUTING", firewall.Prerouting, "P", -100},
		{"INPUT", firewall.Input, "I", 100},
		{"OUTPUT", firewall.Output, "O", -100},
		{"POSTROUTING", firewall.Postrouting, "S", 100},
	},
	"filter":   {{"INPUT", firewall.Input, "I", 0}, {"FORWARD", firewall.Forward, "F", 0}, {"OUTPUT", firewall.Output, "O", 0}},
	"security": {{"INPUT", firewall.Input, "I", 50}, {"FORWARD", firewall.Forward, "F", 50}, {"OUTPUT", firewall.Output, "O", 50}},
}

func newTable(family int, name string, at fact.Span) *table {
	t := &table{family: family, name: name, byName: make(map[string]*chain)}
	for _, b := range builtin[name] {
		t.add(&chain{name: b.chain, hook: b.hook, policy: firewall.Accept, at: at, policyAt: at})
	}
	return t
}

func (t *table) add(c *chain) {
	t.chains = append(t.chains, c)
	t.byName[c.name] = c
}

func (t *table) remove(c *chain) {
	t.chains = slices.DeleteFunc(t.chains, func(o *chain) bool { return o == c })
	delete(t.byName, c.name)
}

// copy is a table to work on until it is committed.
func (t *table) copy() *table {
	c := &table{family: t.family, name: t.name, edges: t.edges, byName: make(map[string]*chain, len(t.chains))}
	for _, old := range t.chains {
		n := *old
		n.rules = slices.Clone(old.rules)
		c.add(&n)
	}
	return c
}

func (l *Loader) table(family int, name string) *table {
	for _, t := range l.tables {
		if t.family == family && t.name == name {
			return t
		}
	}
	return nil
}

// put makes a table the kernel's.
func (l *Loader) put(t *table) {
	for i, old := range l.tables {
		if old.family == t.family && old.name == t.name {
			l.tables[i] = t
			return
		}
	}
	l.tables = append(l.tables, t)
}

// Load is Restore, without flushing, of a text that a program makes: its rules stand for the setting at a place.
func (l *Loader) Load(family int, text string, at fact.Span) bool {
	r := &restoring{l: l, family: family, file: at.File, noflush: true, fixed: &at}
	return r.run(text)
}

// rules are all rules of all tables.
func (l *Loader) rules() iter.Seq[*rule] {
	return func(yield func(*rule) bool) {
		for _, t := range l.tables {
			for _, c := range t.chains {
				for _, r := range c.rules {
					if !yield(r) {
						return
					}
				}
			}
		}
	}
}

// refuse notes a mistake at a place.
func (l *Loader) refuse(file string, line int, m *mistake) {
	if file == "" {
		file = l.file
	}
	l.refused = append(l.refused, &fact.Error{File: file, Line: max(line, 1), Column: max(m.column, 1), Msg: m.msg, Hint: m.hint})
}

// check is what the kernel checks of a table: it refuses loops, chains nested deeper than 16, and extensions on hooks that
// are not theirs. It returns the rule that is at fault.
func (t *table) check() (*rule, string) {
	for _, c := range t.chains {
		c.mask, c.depth, c.visiting = "", -1, false
	}
	for _, b := range builtin[t.name] {
		if r, why := t.descend(t.byName[b.chain], 0); why != "" {
			return r, why
		}
		t.paint(t.byName[b.chain], b.letter)
	}
	for _, c := range t.chains {
		for _, r := range c.rules {
			if why := r.misplaced(c.mask); why != "" {
				return r, why
			}
			r.source = strings.ContainsAny(c.mask, "SI")
		}
	}
	return nil, ""
}

// descend computes how deep the chains below one are nested, which is itself at a level.
func (t *table) descend(c *chain, level int) (*rule, string) {
	c.visiting = true
	c.depth = 0
	for _, r := range c.rules {
		if !r.jumps {
			continue
		}
		to := t.byName[r.spec.jump.text]
		switch {
		case to == nil:
			return r, "there is no chain " + r.spec.jump.text
		case to.hook != firewall.NoHook:
			return r, "a rule cannot jump to the built-in chain " + to.name
		case to.visiting:
			return r, "the chains " + c.name + " and " + to.name + " jump in a circle"
		case level == 15:
			return r, "chains are nested deeper than 15"
		}
		if to.depth < 0 {
			if r, why := t.descend(to, level+1); why != "" {
				return r, why
			}
		}
		if c.depth = max(c.depth, to.depth+1); level+c.depth > 15 {
			return r, "chains are nested deeper than 15"
		}
	}
	c.visiting = false
	return nil, ""
}

// paint notes on a chain and those below it that a hook leads there.
func (t *table) paint(c *chain, letter string) {
	if strings.Contains(c.mask, letter) {
		return
	}
	c.mask += letter
	for _, r := range c.rules {
		if r.jumps {
			t.paint(t.byName[r.spec.jump.text], letter)
		}
	}
}

func (r *rule) misplaced(mask string) string {
	for _, u := range append(slices.Clone(r.spec.matches), r.spec.target) {
		if u == nil || u.ext == nil {
			continue
		}
		if hooks := u.hooksOf(); hooks != "" && strings.Trim(mask, hooks) != "" {
			return u.name + " has no meaning where this rule stands"
		}
	}
	return ""
}
