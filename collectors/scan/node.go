package scan

import (
	"fmt"
	"strconv"
	"time"

	"sallyport/internal/fact"
	"sallyport/internal/syntax"
)

// A reading is one report while it is read.
type reading struct {
	file string
	tree syntax.Tree
	errs []error
	// files finds the files that the report names in the tree.
	files *files
	// secrets are what no output may hold.
	secrets []string
	// useless is set where a part is missing without which the report says nothing.
	useless bool
	// current is the commit that is checked out; "" where that is not known.
	current string
	// changed tells what differs since a commit.
	changed func(commit string) ([]string, bool)
}

// maxMistakes bounds how many mistakes of one file are told.
const maxMistakes = 20

// A node is a value of the report with its place. An absent value is a node too; it reads as "", 0,
// false or empty.
type node struct {
	from  *reading
	path  fact.Path
	value any
}

func (n node) mistake(format string, args ...any) {
	if len(n.from.errs) >= maxMistakes {
		return
	}
	doc := fact.Document{Spans: n.from.tree.Spans}
	span := doc.Locate(n.path)
	e := fact.Error{
		File: n.from.file, Line: span.Line, Column: span.Column,
		Msg: fmt.Sprintf(format, args...), Hint: "write the report again with the scanner",
	}
	for _, told := range n.from.errs {
		if told.Error() == e.Error() {
			return
		}
	}
	n.from.errs = append(n.from.errs, &e)
}

func (n node) absent() bool { return n.value == nil }

// need makes the absence of the value a mistake that leaves nothing to judge.
func (n node) need() node {
	if n.absent() && !n.from.useless {
		n.from.useless = true
		n.mistake("the report has no %s", n.path)
	}
	return n
}

// tells makes keys that are not there a mistake. Every release of the scanner writes them;
// a report without them was edited, and what it does not say is not known to be harmless.
func (n node) tells(names ...string) {
	object, ok := n.value.(map[string]any)
	for _, name := range names {
		if _, there := object[name]; ok && !there {
			n.mistake("the report has no %s", n.step(name, nil).path)
		}
	}
}

func (n node) step(step any, value any) node {
	return node{n.from, append(n.path[:len(n.path):len(n.path)], step), value}
}

// as returns the value as a T, and the zero T where it is absent; any other type is a mistake.
func as[T any](n node, want string) T {
	v, ok := n.value.(T)
	if !ok && !n.absent() {
		n.mistake("%s is not %s", n.path, want)
	}
	return v
}

func (n node) key(name string) node { return n.step(name, as[map[string]any](n, "an object")[name]) }
func (n node) text() string         { return as[string](n, "a text") }
func (n node) truth() bool          { return as[bool](n, "true or false") }

func (n node) list() []node {
	values := as[[]any](n, "a list")
	nodes := make([]node, len(values))
	for i, v := range values {
		nodes[i] = n.step(i, v)
	}
	return nodes
}

func (n node) texts() []string {
	texts := []string{}
	for _, item := range n.list() {
		texts = append(texts, item.text())
	}
	return texts
}

func (n node) number() int {
	v := as[int64](n, "a whole number")
	if v < 0 || v > 1<<40 {
		n.mistake("%s is out of range", n.path)
		return 0
	}
	return int(v)
}

// time returns a time in UTC, so that texts compare as times do.
func (n node) time() string {
	text := n.text()
	if text == "" {
		return ""
	}
	t, err := time.Parse(time.RFC3339Nano, text)
	if err == nil && t.IsZero() {
		return "" // a time that was never set
	}
	if err != nil || t.Year() < 1970 || t.Year() > 2200 {
		n.mistake("%s is no time of RFC 3339 between 1970 and 2200", n.path)
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}

// object is true for a value that has keys.
func (n node) object() bool { _, ok := n.value.(map[string]any); return ok }

// score reads a number from 0 to 10, which some scanners write as a text.
func (n node) score() float64 {
	var v float64
	switch x := n.value.(type) {
	case nil:
		return 0
	case int64:
		v = float64(x)
	case float64:
		v = x
	case string:
		v, _ = strconv.ParseFloat(x, 64)
	default:
		n.mistake("%s is not a number", n.path)
	}
	if !(v >= 0 && v <= 10) { // also what is no number
		return 0
	}
	return v
}

// position reads a line or column. Some scanners write 0 or -1 for a file as a whole; that is no position.
func (n node) position() int {
	v, _ := n.value.(int64)
	if v < 1 || v > 1<<31 {
		return 0
	}
	return int(v)
}

// either returns the first of some keys that is there.
func (n node) either(keys ...string) node {
	for _, key := range keys {
		if v := n.key(key); !v.absent() {
			return v
		}
	}
	return n.key(keys[0])
}
