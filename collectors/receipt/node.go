package receipt

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"sallyport/internal/fact"
)

// A node is a value of the statement with its place. An absent value is a node too; it reads as "", 0, false or empty.
type node struct {
	from  *reader
	path  fact.Path
	value any
}

// maxMistakes bounds how many mistakes of one statement are told.
const maxMistakes = 20

func (n node) mistake(format string, args ...any) {
	r := n.from
	if len(r.errs) >= maxMistakes {
		return
	}
	span, _ := r.place(n.path)
	r.errs = append(r.errs, &fact.Error{
		File: r.file, Line: span.Line, Column: span.Column,
		Msg: fmt.Sprintf(format, args...), Hint: "write the statement again with the tool that made it",
	})
}

// place finds a part of the statement in the file; in an envelope all of it is the payload.
func (r *reader) place(at fact.Path) (fact.Span, bool) {
	if r.signed {
		at = fact.Path{"payload"}
		if _, ok := r.tree.Spans(fact.Path{"dsseEnvelope"}); ok {
			at = fact.Path{"dsseEnvelope", "payload"}
		}
	}
	doc := fact.Document{Spans: r.tree.Spans}
	span := doc.Locate(at)
	span.Line, span.EndLine = span.Line+r.shift, span.EndLine+r.shift
	return span, true
}

// shifted moves a mistake to its line in the file.
func (r *reader) shifted(err error) error {
	var at *fact.Error
	if r.shift > 0 && errors.As(err, &at) && at.Line > 0 {
		moved := *at
		moved.Line += r.shift
		return &moved
	}
	return err
}

func (n node) absent() bool { return n.value == nil }

// need makes the absence of the value a mistake.
func (n node) need() node {
	if n.absent() {
		n.mistake("the statement has no %s", n.path)
	}
	return n
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

// object returns the keys of an object, sorted, with their values.
func (n node) object() []node {
	values := as[map[string]any](n, "an object")
	nodes := make([]node, 0, len(values))
	for name, v := range values {
		nodes = append(nodes, n.step(name, v))
	}
	slices.SortFunc(nodes, func(a, b node) int {
		if a.name() < b.name() {
			return -1
		}
		return 1
	})
	return nodes
}

func (n node) name() string { return n.path[len(n.path)-1].(string) }

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
	if v < -(1<<31) || v > 1<<50 {
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
	if err != nil || t.Year() < 1970 || t.Year() > 2200 {
		n.mistake("%s is no time of RFC 3339 between 1970 and 2200", n.path)
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}
