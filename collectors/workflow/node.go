package workflow

import (
	"fmt"
	"maps"
	"slices"
	"strconv"

	"sallyport/internal/fact"
)

// A node is a value of the file with its place. An absent value is a node too, and reads as empty.
type node struct {
	path  fact.Path
	value any
	// merged replaces value for a mapping that GitLab's extends has put together; each of its fields
	// remembers its own place.
	merged map[string]node
}

func (n node) absent() bool { return n.value == nil && n.merged == nil }

func (n node) isMap() bool {
	_, ok := n.value.(map[string]any)
	return ok || n.merged != nil
}

func (n node) isList() bool { _, ok := n.value.([]any); return ok }

func (n node) step(step, value any) node {
	return node{path: append(n.path[:len(n.path):len(n.path)], step), value: value}
}

// key returns a field; of what is no mapping all fields are absent.
func (n node) key(name string) node {
	if n.merged != nil {
		if field, ok := n.merged[name]; ok {
			return field
		}
		return n.step(name, nil)
	}
	m, _ := n.value.(map[string]any)
	return n.step(name, m[name])
}

// keys returns the names of the fields, sorted.
func (n node) keys() []string {
	if n.merged != nil {
		return slices.Sorted(maps.Keys(n.merged))
	}
	m, _ := n.value.(map[string]any)
	return slices.Sorted(maps.Keys(m))
}

// list returns the elements of a list; anything else is a list of one, as both notations have it.
func (n node) list() []node {
	if n.absent() {
		return nil
	}
	values, ok := n.value.([]any)
	if !ok {
		return []node{n}
	}
	nodes := make([]node, len(values))
	for i, v := range values {
		nodes[i] = n.step(i, v)
	}
	return nodes
}

// text returns a scalar as the runner would hand it on; a collection has none.
func (n node) text() string {
	switch v := n.value.(type) {
	case string:
		return v
	case bool:
		return strconv.FormatBool(v)
	case int64:
		return strconv.FormatInt(v, 10)
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	}
	return ""
}

// texts returns the scalars of a list.
func (n node) texts() []string {
	texts := []string{}
	for _, item := range n.list() {
		if text := item.text(); text != "" {
			texts = append(texts, text)
		}
	}
	return texts
}

// mistake notes what the service that runs the file would refuse.
func (r *reader) mistake(n node, format string, args ...any) {
	if len(r.errs) >= maxMistakes {
		return
	}
	doc := fact.Document{Spans: r.spans}
	span := doc.Locate(n.path)
	r.errs = append(r.errs, &fact.Error{
		File: r.facts.Path, Line: span.Line, Column: span.Column,
		Msg: fmt.Sprintf(format, args...), Hint: "see the reference of the workflow's syntax",
	})
}

// maxMistakes bounds how many mistakes of one file are told.
const maxMistakes = 20

// mapping and sequence return the node if it is one or absent; anything else is a mistake.
func (r *reader) mapping(n node) node {
	if !n.absent() && !n.isMap() {
		r.mistake(n, "%s is not a mapping", n.path)
		return node{path: n.path}
	}
	return n
}

func (r *reader) sequence(n node) []node {
	if !n.absent() && !n.isList() {
		r.mistake(n, "%s is not a list", n.path)
		return nil
	}
	return n.list()
}
