package syntax

import (
	"strings"
	"sync"

	"sallyport/internal/fact"
)

// JSONLines parses a text of one JSON value a line (https://jsonlines.org/), as build tools and scanners write
// while they work. The tree's value is the list of them; a path begins with the number of the value. Each
// line is held to what JSON holds a text to, and blank lines do not count.
func JSONLines(name string, data []byte) (Tree, error) {
	text := string(data)
	list := []any{}
	var starts []int
	for start, line := 0, 1; start < len(text); line++ {
		end := len(text)
		if n := strings.IndexByte(text[start:], '\n'); n >= 0 {
			end = start + n
		}
		if strings.Trim(text[start:end], " \t\r") != "" {
			tree, err := JSON(name, data[start:end])
			if e, ok := err.(*fact.Error); ok {
				e.Line += line - 1
				return Tree{}, e
			} else if err != nil {
				return Tree{}, err
			}
			list = append(list, tree.Value)
			starts = append(starts, start)
		}
		start = end + 1
	}
	return Tree{Value: list, Spans: linesLocator(text, starts)}, nil
}

func linesLocator(text string, starts []int) fact.Locator {
	var (
		mu    sync.Mutex
		ix    *index
		roots = make(map[int]*jsonNode)
	)
	return func(path fact.Path) (fact.Span, bool) {
		if len(path) == 0 {
			return fact.Span{Line: 1, Column: 1, EndLine: 1, EndColumn: 1}, true
		}
		line, ok := path[0].(int)
		if !ok || line < 0 || line >= len(starts) {
			return fact.Span{}, false
		}
		mu.Lock()
		defer mu.Unlock()
		if ix == nil {
			ix = newIndex(text)
		}
		n := roots[line]
		if n == nil {
			p := jsonParser{text: text, pos: starts[line]}
			p.space()
			n = &jsonNode{start: p.pos, value: p.pos}
			n.end = p.jump()
			roots[line] = n
		}
		for _, step := range path[1:] {
			if n = n.child(text, step); n == nil {
				return fact.Span{}, false
			}
		}
		return ix.span(n), true
	}
}
