package image

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"sallyport/internal/fact"
	"sallyport/internal/syntax"
)

// A text is one JSON file while it is read.
type text struct {
	// file is where its places are; inner is the blob or member that it is, for messages; "" for a file of its own.
	file, inner string
	spans       fact.Locator
	errs        []error
}

// maxMistakes bounds how many mistakes of one file are told.
const maxMistakes = 20

// A node is a value of a JSON file with its place. An absent value is a node too; it reads as "", false or
// empty. Docker writes null for what is empty.
type node struct {
	from  *text
	path  fact.Path
	value any
}

// parse reads a JSON text.
func parse(file, inner string, data []byte) (node, error) {
	name := file
	if inner != "" {
		name = file + ": " + inner
	}
	tree, err := syntax.JSON(name, data)
	if err != nil {
		if e, ok := err.(*fact.Error); ok && inner != "" {
			return node{}, &fact.Error{File: file, Msg: inner + ": " + e.Msg, Hint: e.Hint}
		}
		return node{}, err
	}
	return node{from: &text{file: file, inner: inner, spans: tree.Spans}, path: fact.Path{}, value: tree.Value}, nil
}

func (n node) mistake(format string, args ...any) {
	if len(n.from.errs) >= maxMistakes {
		return
	}
	e := &fact.Error{File: n.from.file, Msg: fmt.Sprintf(format, args...), Hint: "write the image again with the tool that made it"}
	if n.from.inner != "" {
		e.Msg = n.from.inner + ": " + e.Msg
	} else {
		doc := fact.Document{Spans: n.from.spans}
		span := doc.Locate(n.path)
		e.Line, e.Column = span.Line, span.Column
	}
	n.from.errs = append(n.from.errs, e)
}

func (n node) step(step any, value any) node {
	return node{n.from, append(n.path[:len(n.path):len(n.path)], step), value}
}

// as returns the value as a T, and the zero T where it is absent; any other type is a mistake.
func as[T any](n node, want string) T {
	v, ok := n.value.(T)
	if !ok && n.value != nil {
		n.mistake("%s is not %s", n.path, want)
	}
	return v
}

// key is a field of an object. A key of another case counts where the exact one is not there: Go programs
// read it so, and docker and podman are Go programs.
func (n node) key(name string) node {
	object := as[map[string]any](n, "an object")
	if v, ok := object[name]; ok {
		return n.step(name, v)
	}
	for _, k := range slices.Sorted(maps.Keys(object)) {
		if strings.EqualFold(k, name) {
			return n.step(k, object[k])
		}
	}
	return n.step(name, nil)
}

func (n node) absent() bool { return n.value == nil }
func (n node) text() string { return as[string](n, "a text") }
func (n node) truth() bool  { return as[bool](n, "true or false") }

func (n node) number() int {
	v := as[int64](n, "a whole number")
	if v < 0 {
		n.mistake("%s is negative", n.path)
		return 0
	}
	return int(v)
}

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

// words is a list of texts, or one text: podman writes an entry point as either.
func (n node) words() []string {
	if s, ok := n.value.(string); ok {
		if s == "" {
			return []string{}
		}
		return []string{s}
	}
	return n.texts()
}

// names are the keys of an object, sorted; {"80/tcp": {}} is a set.
func (n node) names() []string {
	names := slices.Sorted(maps.Keys(as[map[string]any](n, "an object")))
	if names == nil {
		return []string{}
	}
	return names
}

func (n node) textMap() map[string]string {
	m := map[string]string{}
	for _, k := range n.names() {
		m[k] = n.step(k, n.value.(map[string]any)[k]).text()
	}
	return m
}

// time returns a time in UTC, so that texts compare as times do; "" for one that was never set.
func (n node) time() string {
	text := n.text()
	if text == "" {
		return ""
	}
	t, err := time.Parse(time.RFC3339Nano, text)
	if err != nil {
		n.mistake("%s is no time of RFC 3339", n.path)
		return ""
	}
	if t.IsZero() {
		return ""
	}
	if t.Year() < 1970 || t.Year() > 2200 {
		n.mistake("%s is no time between 1970 and 2200", n.path)
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}
