package systemd

import (
	"io/fs"
	"sync"

	"sallyport/internal/fact"
)

// A locator finds where facts of a unit stand. Most findings are about items of the exposure, the account and the file system,
// which are found by themselves; for all others the facts are built a second time, and note where each comes from.
type locator struct {
	unit *unit
	fsys fs.FS
	// scored is true where the unit has an exposure.
	scored bool

	mu sync.Mutex // locating counts characters, and keeps the counts
	// parts are the places of some fields, by name, and those of all others by "".
	parts map[string]*fact.Spans
	items *builder
}

// alone are the fields of which the places can be noted without those before them.
var alone = map[string]func(*builder, node, string){
	"identity":    func(b *builder, n node, section string) { b.identity(n, section) },
	"filesystem":  func(b *builder, n node, section string) { b.filesystem(n, section, &Unit{}) },
	"confinement": func(b *builder, n node, _ string) { b.confinement(n, &Unit{Type: b.unit.kind, Masked: b.unit.masked}) },
}

// find is a fact.Locator.
func (l *locator) find(p fact.Path) (fact.Span, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	name := ""
	if len(p) > 0 {
		name, _ = p[0].(string)
	}
	if name == "exposure" {
		return l.exposure(p[1:])
	}
	if alone[name] == nil {
		name = ""
	}
	part := l.parts[name]
	if part == nil {
		part = l.part(name)
		if l.parts == nil {
			l.parts = map[string]*fact.Spans{}
		}
		l.parts[name] = part
	}
	return part.Find(p)
}

func (l *locator) part(name string) *fact.Spans {
	b := builder{unit: l.unit, fsys: l.fsys, spans: new(fact.Spans)}
	if name == "" {
		b.build()
		return b.spans
	}
	section, n := b.ownSection(), node{b.spans}.key(name)
	if name != "confinement" {
		n.at(l.unit.header(section))
	}
	alone[name](&b, n, section)
	return b.spans
}

// exposure is where the setting stands that decides an item; [Service] for what no setting decides.
func (l *locator) exposure(p fact.Path) (fact.Span, bool) {
	if !l.scored {
		return fact.Span{}, false
	}
	if len(p) == 0 {
		return l.unit.header("Service"), true
	}
	if len(p) != 2 {
		return fact.Span{}, false
	}
	if l.items == nil {
		l.items = &builder{unit: l.unit, fsys: l.fsys}
		l.items.assessed()
	}
	at := -1
	switch p[0] {
	case "badness", "open", "excused":
		if name, ok := p[1].(string); ok {
			at = l.named(name)
		}
	case "items":
		if i, ok := p[1].(int); ok {
			at = l.numbered(i)
		}
	}
	if at < 0 {
		return fact.Span{}, false
	}
	if e := l.items.decides(&checks[at]); e != nil {
		return e.whole(), true
	}
	return l.unit.header("Service"), true
}

// named is the place of an item with badness in checks; -1 for none.
func (l *locator) named(name string) int {
	if i, ok := checkNames()[name]; ok && l.items.badness[i] > 0 {
		return i
	}
	return -1
}

// numbered is the place of an item by its place in Exposure.Items.
func (l *locator) numbered(n int) int {
	for i, badness := range l.items.badness {
		if badness <= 0 {
			continue
		}
		if n == 0 {
			return i
		}
		n--
	}
	return -1
}

// checkNames are the places in checks by name.
var checkNames = sync.OnceValue(func() map[string]int {
	all := make(map[string]int, len(checks))
	for i := range checks {
		all[checks[i].name] = i
	}
	return all
})
