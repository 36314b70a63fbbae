package syntax

import (
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"sallyport/internal/fact"
)

// yamlSpans remembers where the parts of a document start, in a tenth of the memory of the parser's
// nodes; where they end is read from the text when somebody asks.
type yamlSpans struct {
	text    *yamlText
	line    int // lines of the file before the document's chunk
	nodes   []yamlNode
	entries []yamlEntry
	anchors map[*yaml.Node]int32
}

// A yamlNode is a value. Those of a collection are entries[first:first+count].
type yamlNode struct {
	line, column int32
	size         int32 // of a scalar without quotes, in bytes
	first, count int32
	kind         yaml.Kind
}

// A yamlEntry is a field or an element.
type yamlEntry struct {
	key          string
	line, column int32
	size         int32
	node         int32
	merge        bool
}

func newYAMLSpans(text *yamlText, root *yaml.Node, line int) *yamlSpans {
	s := &yamlSpans{text: text, line: line}
	nodes, entries := yamlSize(root)
	s.nodes, s.entries = make([]yamlNode, 0, nodes), make([]yamlEntry, 0, entries)
	s.add(root)
	s.anchors = nil
	return s
}

// yamlSize counts the nodes and entries of a node.
func yamlSize(n *yaml.Node) (nodes, entries int) {
	nodes, entries = 1, len(n.Content)
	step := 1
	if n.Kind == yaml.MappingNode {
		entries /= 2
		step = 2
	}
	for i := step - 1; i < len(n.Content); i += step {
		more, inner := yamlSize(n.Content[i])
		nodes, entries = nodes+more, entries+inner
	}
	return nodes, entries
}

// add records a node that the converter has found not too deep.
func (s *yamlSpans) add(n *yaml.Node) int32 {
	id := int32(len(s.nodes))
	node := yamlNode{line: int32(n.Line), column: int32(n.Column), size: int32(len(n.Value)), kind: n.Kind}
	s.nodes = append(s.nodes, node)
	if n.Anchor != "" {
		if s.anchors == nil {
			s.anchors = make(map[*yaml.Node]int32)
		}
		s.anchors[n] = id
	}
	switch n.Kind {
	case yaml.AliasNode:
		s.nodes[id].first = s.anchors[n.Alias]
	case yaml.SequenceNode:
		first := s.reserve(id, len(n.Content))
		for i, item := range n.Content {
			s.entries[first+i] = yamlEntry{node: s.add(item)}
		}
	case yaml.MappingNode:
		first := s.reserve(id, len(n.Content)/2)
		c := yamlConverter{}
		for i := range len(n.Content) / 2 {
			k := n.Content[2*i]
			e := yamlEntry{key: k.Value, line: int32(k.Line), column: int32(k.Column), size: int32(len(k.Value)), merge: yamlMerge(k)}
			if k.Tag != "!!str" {
				e.key = c.key(k)
			}
			e.node = s.add(n.Content[2*i+1])
			s.entries[first+i] = e
		}
	}
	return id
}

func (s *yamlSpans) reserve(id int32, n int) (first int) {
	first = len(s.entries)
	s.nodes[id].first, s.nodes[id].count = int32(first), int32(n)
	s.entries = s.entries[:first+n] // yamlSize made room
	return first
}

// real is the node behind an alias.
func (s *yamlSpans) real(id int32) *yamlNode {
	n := &s.nodes[id]
	for n.kind == yaml.AliasNode {
		n = &s.nodes[n.first]
	}
	return n
}

func (s *yamlSpans) of(n *yamlNode) []yamlEntry { return s.entries[n.first : n.first+n.count] }

// find is the Locator.
func (s *yamlSpans) find(path fact.Path) (fact.Span, bool) {
	s.text.once.Do(s.text.prepare)
	var field *yamlEntry
	id := int32(0)
	for _, step := range path {
		n := s.real(id)
		switch step := step.(type) {
		case string:
			if n.kind != yaml.MappingNode {
				return fact.Span{}, false
			}
			if field = s.field(n, step); field == nil {
				return fact.Span{}, false
			}
			id = field.node
		case int:
			if n.kind != yaml.SequenceNode || step < 0 || step >= int(n.count) {
				return fact.Span{}, false
			}
			field, id = nil, s.of(n)[step].node
		default:
			return fact.Span{}, false
		}
	}
	value := &s.nodes[id]
	if field == nil {
		start := s.offset(value.line, value.column)
		return s.text.span(start, s.end(value)), true
	}
	start := s.offset(field.line, field.column)
	end := s.text.scalarEnd(start, int(field.size))
	if value.line == field.line && value.kind&(yaml.ScalarNode|yaml.AliasNode) != 0 {
		end = s.end(value)
	}
	return s.text.span(start, end), true
}

// field finds a key, last one first as the converter keeps it, then in what is merged.
func (s *yamlSpans) field(n *yamlNode, key string) *yamlEntry {
	entries := s.of(n)
	for i := range slices.Backward(entries) {
		if !entries[i].merge && (entries[i].key == key || oldKey(entries[i].key) == key) {
			return &entries[i]
		}
	}
	for i := range entries {
		if !entries[i].merge {
			continue
		}
		from := s.real(entries[i].node)
		if from.kind == yaml.MappingNode {
			if f := s.field(from, key); f != nil {
				return f
			}
			continue
		}
		for _, item := range s.of(from) {
			if f := s.field(s.real(item.node), key); f != nil {
				return f
			}
		}
	}
	return nil
}

// oldKey is a key as YAML11 has it.
func oldKey(key string) string {
	if len(key) <= 3 {
		switch oldBool(key) {
		case true:
			return "true"
		case false:
			return "false"
		}
	}
	return key
}

func (s *yamlSpans) offset(line, column int32) int {
	return s.text.offset(s.line+int(line), int(column))
}

// end is where a value ends, or its part on its first line.
func (s *yamlSpans) end(n *yamlNode) int {
	start := s.offset(n.line, n.column)
	if n.kind == yaml.ScalarNode || n.kind == yaml.AliasNode {
		return s.text.scalarEnd(start, int(n.size))
	}
	content := s.text.properties(start)
	flow := content < len(s.text.data) && strings.IndexByte("[{", s.text.data[content]) >= 0
	end := content
	if flow {
		end++
	}
	for _, e := range s.of(n) {
		value := &s.nodes[e.node]
		if e.line == n.line {
			end = s.text.scalarEnd(s.offset(e.line, e.column), int(e.size))
		}
		if value.line != n.line {
			break
		}
		end = max(end, s.end(value))
	}
	if flow {
		for end < len(s.text.data) && strings.IndexByte(" ,", s.text.data[end]) >= 0 {
			end++
		}
		if end < len(s.text.data) && strings.IndexByte("]}", s.text.data[end]) >= 0 {
			return end + 1
		}
	}
	return s.text.trim(start, end)
}
