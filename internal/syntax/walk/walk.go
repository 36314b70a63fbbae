// Package walk goes through the values of a document, each with its place, and notes what is not as it should be.
package walk

import (
	"fmt"
	"slices"
	"strconv"
	"time"

	"sallyport/internal/fact"
)

// A Reader is what reads one document, and takes its mistakes.
type Reader interface {
	// Mistake notes what is wrong at a place.
	Mistake(at fact.Path, msg string)
	// Missing notes that a value is absent: one that the document is nothing without, or one that it merely should have.
	Missing(at fact.Path, needed bool)
}

// A Node is a value of the document with its place. An absent value is a node too; it reads as "", 0, false or empty.
type Node[R Reader] struct {
	From  R
	Path  fact.Path
	Value any
}

// Mistake notes what is wrong with the value.
func (n Node[R]) Mistake(format string, args ...any) {
	n.From.Mistake(n.Path, fmt.Sprintf(format, args...))
}

// Absent is true for a value that is not there, and for null.
func (n Node[R]) Absent() bool { return n.Value == nil }

// Need makes the absence of the value a mistake.
func (n Node[R]) Need() Node[R] {
	if n.Absent() {
		n.From.Missing(n.Path, true)
	}
	return n
}

// Tells makes keys that are not there a mistake. Every release of the tool writes them; a document without them was edited, and
// what it does not say is not known to be harmless.
func (n Node[R]) Tells(names ...string) {
	object, ok := n.Value.(map[string]any)
	for _, name := range names {
		if _, there := object[name]; ok && !there {
			n.From.Missing(n.Step(name, nil).Path, false)
		}
	}
}

// Step is a value below this one, by its key or index.
func (n Node[R]) Step(step, value any) Node[R] {
	return Node[R]{n.From, append(n.Path[:len(n.Path):len(n.Path)], step), value}
}

// as returns the value as a T, and the zero T where it is absent; any other type is a mistake.
func as[T any, R Reader](n Node[R], want string) T {
	v, ok := n.Value.(T)
	if !ok && !n.Absent() {
		n.Mistake("%s is not %s", n.Path, want)
	}
	return v
}

// Key is the value of a key of an object.
func (n Node[R]) Key(name string) Node[R] {
	return n.Step(name, n.Object()[name])
}

// Either is the first of some keys that is there.
func (n Node[R]) Either(keys ...string) Node[R] {
	for _, key := range keys {
		if v := n.Key(key); !v.Absent() {
			return v
		}
	}
	return n.Key(keys[0])
}

// Object is an object as it stands.
func (n Node[R]) Object() map[string]any { return as[map[string]any](n, "an object") }

// IsObject is true for a value that has keys.
func (n Node[R]) IsObject() bool { _, ok := n.Value.(map[string]any); return ok }

// Keys are the values of an object in the order of their keys.
func (n Node[R]) Keys() []Node[R] {
	values := n.Object()
	nodes := make([]Node[R], 0, len(values))
	for name, v := range values {
		nodes = append(nodes, n.Step(name, v))
	}
	slices.SortFunc(nodes, func(a, b Node[R]) int {
		if a.Name() < b.Name() {
			return -1
		}
		return 1
	})
	return nodes
}

// Name is the key that the value has in an object.
func (n Node[R]) Name() string { return n.Path[len(n.Path)-1].(string) }

// List are the elements of a list.
func (n Node[R]) List() []Node[R] {
	values := as[[]any](n, "a list")
	nodes := make([]Node[R], len(values))
	for i, v := range values {
		nodes[i] = n.Step(i, v)
	}
	return nodes
}

// Texts are the elements of a list of texts.
func (n Node[R]) Texts() []string {
	texts := []string{}
	for _, item := range n.List() {
		texts = append(texts, item.Text())
	}
	return texts
}

// Text is a text.
func (n Node[R]) Text() string { return as[string](n, "a text") }

// Truth is true or false.
func (n Node[R]) Truth() bool { return as[bool](n, "true or false") }

// Number is a whole number, which may be negative where it is an exit code.
func (n Node[R]) Number() int {
	v := as[int64](n, "a whole number")
	if v < -(1<<31) || v > 1<<50 {
		n.Mistake("%s is out of range", n.Path)
		return 0
	}
	return int(v)
}

// Count is a whole number that counts something.
func (n Node[R]) Count() int {
	v := n.Number()
	if v < 0 || v > 1<<40 {
		n.Mistake("%s is out of range", n.Path)
		return 0
	}
	return v
}

// Time returns a time in UTC, so that texts compare as times do; "" for one that was never set.
func (n Node[R]) Time() string {
	text := n.Text()
	if text == "" {
		return ""
	}
	t, err := time.Parse(time.RFC3339Nano, text)
	if err == nil && t.IsZero() {
		return ""
	}
	if err != nil || t.Year() < 1970 || t.Year() > 2200 {
		n.Mistake("%s is no time of RFC 3339 between 1970 and 2200", n.Path)
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}

// Score reads a number from 0 to 10, which some tools write as a text.
func (n Node[R]) Score() float64 {
	var v float64
	switch x := n.Value.(type) {
	case nil:
		return 0
	case int64:
		v = float64(x)
	case float64:
		v = x
	case string:
		v, _ = strconv.ParseFloat(x, 64)
	default:
		n.Mistake("%s is not a number", n.Path)
	}
	if !(v >= 0 && v <= 10) { // also what is no number
		return 0
	}
	return v
}

// Position reads a line or column. Some tools write 0 or -1 for a file as a whole; that is no position.
func (n Node[R]) Position() int {
	v, _ := n.Value.(int64)
	if v < 1 || v > 1<<31 {
		return 0
	}
	return int(v)
}
