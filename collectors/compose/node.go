package compose

import (
	"bytes"
	"fmt"
	"maps"
	"slices"

	"go.yaml.in/yaml/v3"

	"sallyport/internal/fact"
	"sallyport/internal/syntax"
)

// A source is a file, or one of its YAML documents.
type source struct {
	file string
	tree syntax.Tree
	// tags are the reset and override tags, by path.
	tags map[string]string
}

// tags finds the reset and override tags of each document of a file that the YAML parser accepts.
func tags(text []byte) []map[string]string {
	var all []map[string]string
	if !bytes.Contains(text, []byte("!reset")) && !bytes.Contains(text, []byte("!override")) {
		return nil
	}
	for d := yaml.NewDecoder(bytes.NewReader(text)); ; {
		var root yaml.Node
		if d.Decode(&root) != nil {
			return all
		}
		if len(root.Content) == 1 && root.Content[0].ShortTag() != "!!null" {
			found := map[string]string{}
			tagged(root.Content[0], nil, found)
			all = append(all, found)
		}
	}
}

func tagged(n *yaml.Node, path fact.Path, found map[string]string) {
	path = slices.Clip(path)
	if n.Tag == "!reset" || n.Tag == "!override" {
		found[path.String()] = n.Tag[1:]
	}
	for i, inner := range n.Content {
		switch {
		case n.Kind == yaml.SequenceNode:
			tagged(inner, append(path, i), found)
		case i%2 == 1:
			tagged(inner, append(path, n.Content[i-1].Value), found)
		}
	}
}

// A node is a value that remembers where it is written while files are merged.
type node struct {
	// One of the three is used; a scalar may be nil.
	fields map[string]*node
	items  []*node
	scalar any
	kind   nodeKind

	from *source
	path fact.Path
	// tag is reset or override for what the merge of compose treats so (compose-spec, "Reset value" and
	// "Replace value").
	tag string
}

type nodeKind int

const (
	scalar nodeKind = iota
	mapping
	list
)

func annotate(from *source, v any, path fact.Path) *node {
	path = slices.Clip(path)
	n := &node{from: from, path: path, tag: from.tags[path.String()]}
	if n.tag == "reset" {
		return n
	}
	switch v := v.(type) {
	case map[string]any:
		n.kind, n.fields = mapping, make(map[string]*node, len(v))
		for key, inner := range v {
			n.fields[key] = annotate(from, inner, append(path, key))
		}
	case []any:
		n.kind = list
		for i, inner := range v {
			n.items = append(n.items, annotate(from, inner, append(path, i)))
		}
	default:
		n.scalar = v
	}
	return n
}

// field is a field of a mapping; nil where there is none or its value is null.
func (n *node) field(name string) *node {
	if n == nil {
		return nil
	}
	f := n.fields[name]
	if f == nil || f.kind == scalar && f.scalar == nil {
		return nil
	}
	return f
}

// names are the keys of a mapping in order.
func (n *node) names() []string {
	if n == nil {
		return nil
	}
	return slices.Sorted(maps.Keys(n.fields))
}

// all are the fields of a mapping.
func (n *node) all() map[string]*node {
	if n == nil {
		return nil
	}
	return n.fields
}

// text is a scalar as written; "" for collections and null.
func (n *node) text() string {
	if n == nil || n.kind != scalar || n.scalar == nil {
		return ""
	}
	return fmt.Sprint(n.scalar)
}

// each are the elements of a list; a scalar stands for a list of one, as compose takes it in many places.
func (n *node) each() []*node {
	switch {
	case n == nil:
		return nil
	case n.kind == scalar && n.scalar != nil:
		return []*node{n}
	}
	return n.items
}

func (n *node) span(main string) (fact.Span, bool) {
	s, ok := n.from.tree.Spans(n.path)
	if n.from.file != main {
		s.File = n.from.file
	}
	return s, ok
}

// mistake is an error at the node.
func (n *node) mistake(hint, format string, args ...any) *fact.Error {
	s, _ := n.from.tree.Spans(n.path)
	return &fact.Error{File: n.from.file, Line: s.Line, Column: s.Column, Msg: fmt.Sprintf(format, args...), Hint: hint}
}

// like makes a node that stands where another does.
func like(n *node, kind nodeKind) *node {
	c := &node{kind: kind, from: n.from, path: n.path, tag: n.tag}
	if kind == mapping {
		c.fields = map[string]*node{}
	}
	return c
}
