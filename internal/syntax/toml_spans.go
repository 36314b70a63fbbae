package syntax

import (
	"strings"
	"sync"

	"sallyport/internal/fact"
)

// tomlLocator finds places in a well-formed text: the library keeps positions to itself unless parsing
// fails. The first question reads the headers of the tables; the contents of a table or an array are
// read when a path first leads through it, so that the places of a few findings in a large lock file
// cost little memory.
func tomlLocator(text string) fact.Locator {
	var (
		mu sync.Mutex
		m  *tomlMap
	)
	return func(path fact.Path) (fact.Span, bool) {
		mu.Lock()
		defer mu.Unlock()
		if m == nil {
			m = newTOMLMap(text)
		}
		n := m.root
		for _, step := range path {
			if n = m.child(n, step); n == nil {
				return fact.Span{}, false
			}
		}
		var s fact.Span
		s.Line, s.Column = m.index.place(n.start)
		s.EndLine, s.EndColumn = m.index.place(n.end)
		return s, true
	}
}

// A tomlMap is what is known of the places in a text.
type tomlMap struct {
	text  string
	index *index
	root  *tomlNode
}

// A tomlNode is a value in a text.
type tomlNode struct {
	start, end int // what its span covers
	body       int // where contents begin that nobody has read; 0 is none
	table      bool
	keys       map[string]*tomlNode
	items      []*tomlNode
}

func (n *tomlNode) key(name string) *tomlNode { return n.keys[name] }

func (n *tomlNode) add(name string, child *tomlNode) *tomlNode {
	if n.keys == nil {
		n.keys = make(map[string]*tomlNode)
	}
	n.keys[name] = child
	return child
}

// newTOMLMap reads the headers and steps over everything else.
func newTOMLMap(text string) *tomlMap {
	m := &tomlMap{text: text, index: newIndex(text)}
	m.root = &tomlNode{end: len(firstLine(text)), table: true}
	t := tomlText{text: text}
	t.space()
	if !t.at("[") {
		m.root.body = t.pos + 1
	}
	for t.pos < len(text) {
		if t.at("[") {
			m.header(&t)
		} else {
			t.assignment()
		}
		t.space()
	}
	return m
}

// assignment steps over a key and its value.
func (t *tomlText) assignment() (key []tomlPart, value int) {
	key = t.key()
	t.blank()
	t.pos += min(1, len(t.text)-t.pos)
	t.blank()
	value = t.pos
	t.value()
	t.pos = max(t.pos, min(value+1, len(t.text)))
	return key, value
}

// header reads [a.b] or [[a.b]] and notes where its section begins.
func (m *tomlMap) header(t *tomlText) {
	start := t.pos
	list := strings.HasPrefix(t.text[start:], "[[")
	for t.at("[") {
		t.pos++
	}
	parts := t.key()
	t.blank()
	for t.at("]") {
		t.pos++
	}
	end := t.pos
	n := m.root
	for _, part := range parts[:len(parts)-1] {
		n = n.below(part.name, part.start, part.end).last()
	}
	n = n.below(parts[len(parts)-1].name, start, end)
	if list {
		item := new(tomlNode)
		n.items = append(n.items, item)
		n = item
	}
	t.space()
	n.start, n.end, n.table, n.body = start, end, true, t.pos+1
}

// below returns a child by name, made with a place of its own when it is not there yet.
func (n *tomlNode) below(name string, start, end int) *tomlNode {
	if child := n.key(name); child != nil {
		return child
	}
	return n.add(name, &tomlNode{start: start, end: end})
}

// last is the table that a header below an array of tables speaks of.
func (n *tomlNode) last() *tomlNode {
	if len(n.items) > 0 {
		return n.items[len(n.items)-1]
	}
	return n
}

func (m *tomlMap) child(n *tomlNode, step any) *tomlNode {
	if n.body > 0 {
		t := tomlText{text: m.text, pos: n.body - 1}
		n.body = 0
		switch {
		case n.table:
			m.section(n, &t)
		case t.at("{"):
			m.inline(n, &t)
		default:
			m.array(n, &t)
		}
	}
	switch step := step.(type) {
	case string:
		return n.keys[step]
	case int:
		if step >= 0 && step < len(n.items) {
			return n.items[step]
		}
	}
	return nil
}

// section reads the assignments up to the next header.
func (m *tomlMap) section(n *tomlNode, t *tomlText) {
	for t.pos < len(t.text) && !t.at("[") {
		m.assign(n, t)
		t.space()
	}
}

func (m *tomlMap) inline(n *tomlNode, t *tomlText) {
	t.pos++
	for t.space(); t.pos < len(t.text) && !t.at("}"); t.comma() {
		m.assign(n, t)
	}
}

func (m *tomlMap) array(n *tomlNode, t *tomlText) {
	t.pos++
	for t.space(); t.pos < len(t.text) && !t.at("]"); t.comma() {
		item := &tomlNode{start: t.pos}
		if t.at("[{") {
			item.body = t.pos + 1
		}
		t.value()
		t.pos = max(t.pos, min(item.start+1, len(t.text)))
		item.end = item.start + len(firstLine(t.text[item.start:t.pos]))
		n.items = append(n.items, item)
	}
}

// comma steps over a separator and the space around it.
func (t *tomlText) comma() {
	t.space()
	if t.at(",") {
		t.pos++
		t.space()
	}
}

// assign reads one key and notes where its value is. The place of a dotted key is all of it.
func (m *tomlMap) assign(n *tomlNode, t *tomlText) {
	parts, value := t.assignment()
	start, last := parts[0].start, parts[len(parts)-1]
	for _, part := range parts[:len(parts)-1] {
		n = n.below(part.name, start, part.end)
	}
	leaf := &tomlNode{start: start, end: t.pos}
	switch {
	case strings.IndexByte("[{", t.text[min(value, len(t.text)-1)]) >= 0:
		leaf.end, leaf.body = last.end, value+1
	case strings.Contains(t.text[start:t.pos], "\n"):
		leaf.end = last.end
	}
	if n.key(last.name) == nil {
		n.add(last.name, leaf)
	}
}
