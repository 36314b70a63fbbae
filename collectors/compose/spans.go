package compose

import (
	"slices"
	"sync"

	"sallyport/internal/fact"
)

// A builder makes the facts of one compose file.
type builder struct {
	loader  *loader
	main    string
	vars    variables
	facts   Facts
	secrets []string
	marks   []mark
	project *node
	// overlay is true for a file that compose does not take by itself.
	overlay bool
}

// A mark says which node a fact was made of.
type mark struct {
	path fact.Path
	node *node
	// span is the place of a fact that is made of no node.
	span fact.Span
}

func (b *builder) mark(n *node, path ...any) {
	if n != nil {
		b.marks = append(b.marks, mark{path: path, node: n})
	}
}

// locator looks at the files only when a place is asked for.
func (b *builder) locator() fact.Locator {
	marks, main := b.marks, b.main
	tree := sync.OnceValue(func() *fact.Spans {
		spans := new(fact.Spans)
		for _, m := range marks {
			place, ok := m.span, true
			if m.node != nil {
				place, ok = m.node.span(main)
			}
			if !ok {
				continue
			}
			at := spans
			for _, step := range m.path {
				switch step := step.(type) {
				case string:
					at = at.Key(step)
				case int:
					at = at.Index(step)
				}
			}
			at.Set(place)
		}
		return spans
	})
	return func(p fact.Path) (fact.Span, bool) { return tree().Find(p) }
}

func clone(path []any) []any { return slices.Clone(path) }
