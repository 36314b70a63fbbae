package syntax

import (
	"fmt"
	"math"
	"strconv"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"

	"sallyport/internal/fact"
)

// maxExpansion bounds the values that aliases and merge keys may add to all documents of a file: a few
// lines can otherwise stand for billions.
const maxExpansion = 200_000

type yamlBudget struct{ left int }

// A yamlConverter makes the value of one document.
type yamlConverter struct {
	name   string
	line   int // lines of the stream before the document's chunk
	old    bool
	budget *yamlBudget
	// open are the anchored nodes whose aliases are being followed.
	open map[*yaml.Node]bool
	errs []error
}

// A yamlAbort ends the conversion of a document: what is left of it would mislead.
type yamlAbort struct{ err *fact.Error }

func (c *yamlConverter) mistake(n *yaml.Node, hint, format string, args ...any) *fact.Error {
	return &fact.Error{File: c.name, Line: n.Line + c.line, Column: n.Column, Msg: fmt.Sprintf(format, args...), Hint: hint}
}

func (c *yamlConverter) abort(n *yaml.Node, hint, format string, args ...any) {
	panic(yamlAbort{c.mistake(n, hint, format, args...)})
}

func (c *yamlConverter) document(n *yaml.Node) (value any, ok bool) {
	defer func() {
		switch r := recover().(type) {
		case nil:
		case yamlAbort:
			c.errs = append(c.errs, r.err)
			value, ok = nil, false
		default:
			panic(r)
		}
	}()
	return c.value(n, 0), true
}

func (c *yamlConverter) value(n *yaml.Node, depth int) any {
	if len(c.open) > 0 {
		if c.budget.left--; c.budget.left < 0 {
			c.abort(n, "write out what the aliases stand for", "aliases expand to more than %d values", maxExpansion)
		}
	}
	switch n.Kind {
	case yaml.ScalarNode:
		return c.scalar(n)
	case yaml.AliasNode:
		defer c.follow(n)()
		return c.value(n.Alias, depth)
	}
	if depth == MaxDepth {
		c.abort(n, "flatten the structure", "nested deeper than %d levels", MaxDepth)
	}
	if n.Kind == yaml.MappingNode {
		return c.mapping(n, depth+1)
	}
	list := make([]any, len(n.Content))
	for i, item := range n.Content {
		list[i] = c.value(item, depth+1)
	}
	return list
}

// follow opens an alias and returns what closes it.
func (c *yamlConverter) follow(n *yaml.Node) func() {
	if c.open[n.Alias] {
		c.abort(n, "write out what the alias stands for", "the alias *%s stands for something that contains it", n.Value)
	}
	if c.open == nil {
		c.open = make(map[*yaml.Node]bool)
	}
	c.open[n.Alias] = true
	return func() { delete(c.open, n.Alias) }
}

func (c *yamlConverter) mapping(n *yaml.Node, depth int) any {
	m := make(map[string]any, len(n.Content)/2)
	merges := 0
	for i := 0; i+1 < len(n.Content); i += 2 {
		k := n.Content[i]
		if yamlMerge(k) {
			if merges++; merges > 1 {
				c.errs = append(c.errs, c.mistake(k, `give one "<<" a list of aliases`, `the key "<<" appears twice in one mapping`))
			}
			continue
		}
		key := c.key(k)
		if _, twice := m[key]; twice {
			c.errs = append(c.errs, c.mistake(k, "keep one of the two: readers disagree about which one counts",
				"the key %q appears twice in one mapping", key))
			if len(c.errs) >= maxMistakes {
				c.abort(k, "correct those above first", "too many mistakes; the rest of the document was not read")
			}
		}
		m[key] = c.value(n.Content[i+1], depth)
	}
	if merges > 0 {
		for i := 0; i+1 < len(n.Content); i += 2 {
			if yamlMerge(n.Content[i]) {
				c.merge(m, n.Content[i+1], depth)
			}
		}
	}
	return m
}

// merge adds what a merge key brings; keys that are there win, and so do earlier ones of a list.
func (c *yamlConverter) merge(m map[string]any, n *yaml.Node, depth int) {
	switch {
	case n.Kind == yaml.AliasNode:
		defer c.follow(n)()
		c.merge(m, n.Alias, depth)
	case n.Kind == yaml.SequenceNode:
		for _, item := range n.Content {
			if item.Kind != yaml.MappingNode && (item.Kind != yaml.AliasNode || item.Alias.Kind != yaml.MappingNode) {
				c.abort(item, "merge mappings only", `"<<" merges something that is not a mapping`)
			}
			c.merge(m, item, depth)
		}
	case n.Kind == yaml.MappingNode:
		for k, v := range c.mapping(n, depth).(map[string]any) {
			if _, there := m[k]; !there {
				m[k] = v
			}
		}
	default:
		c.abort(n, "merge mappings only", `"<<" merges something that is not a mapping`)
	}
}

func yamlMerge(k *yaml.Node) bool {
	return k.Value == "<<" && k.Kind == yaml.ScalarNode && (k.Tag == "!!merge" || k.Tag == "" || k.Tag == "!")
}

func (c *yamlConverter) key(k *yaml.Node) string {
	if k.Kind == yaml.AliasNode {
		k = k.Alias
	}
	if k.Kind != yaml.ScalarNode {
		c.abort(k, "use a plain word as the key", "a key that is a collection")
	}
	if k.Tag == "!!str" && !c.old {
		return k.Value
	}
	switch v := c.scalar(k).(type) {
	case string:
		return v
	case nil:
		return "null"
	case float64:
		return strconv.FormatFloat(v, 'g', -1, 64)
	default:
		return fmt.Sprint(v)
	}
}

func (c *yamlConverter) scalar(n *yaml.Node) any {
	switch n.Tag {
	case "!!str":
		if c.old && n.Style == 0 && len(n.Value) <= 3 {
			return oldBool(n.Value)
		}
		return n.Value
	case "!!null":
		return nil
	case "!!bool":
		switch n.Value {
		case "true", "True", "TRUE":
			return true
		case "false", "False", "FALSE":
			return false
		}
	case "!!int":
		if v, err := strconv.ParseInt(n.Value, 10, 64); err == nil && (n.Value[0] != '0' || v == 0) {
			return v
		}
	case "!!timestamp":
		return n.Value
	}
	return c.odd(n)
}

// oldBool reads the booleans that YAML 1.2 dropped; https://yaml.org/type/bool.html lists them.
func oldBool(s string) any {
	switch s {
	case "y", "Y", "yes", "Yes", "YES", "on", "On", "ON":
		return true
	case "n", "N", "no", "No", "NO", "off", "Off", "OFF":
		return false
	}
	return s
}

// odd leaves what is rare to the library: other bases, floats, explicit tags.
func (c *yamlConverter) odd(n *yaml.Node) any {
	var v any
	if err := n.Decode(&v); err != nil {
		c.abort(n, "correct the value or its tag", "%q is no %s", n.Value, n.ShortTag())
	}
	switch v := v.(type) {
	case bool, int64:
		return v
	case int:
		return int64(v)
	case uint64:
		return float64(v)
	case float64:
		if !math.IsInf(v, 0) && !math.IsNaN(v) {
			return v
		}
	case string:
		if utf8.ValidString(v) {
			return v
		}
	}
	return n.Value
}
