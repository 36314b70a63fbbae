package syntax

import (
	"strings"
	"sync"
	"unicode/utf8"

	"sallyport/internal/fact"
)

// jsonLocator finds places in a well-formed text. It looks at a collection when a path first leads
// through it, so that the places of a few findings in a large report cost little memory.
func jsonLocator(text string) fact.Locator {
	var (
		mu   sync.Mutex
		root *jsonNode
		ix   *index
	)
	return func(path fact.Path) (fact.Span, bool) {
		mu.Lock()
		defer mu.Unlock()
		if root == nil {
			p := jsonParser{text: text}
			p.space()
			root, ix = &jsonNode{start: p.pos, value: p.pos}, newIndex(text)
			root.end = p.jump()
		}
		n := root
		for _, step := range path {
			if n = n.child(text, step); n == nil {
				return fact.Span{}, false
			}
		}
		return ix.span(n), true
	}
}

// A jsonNode is a value in a text.
type jsonNode struct {
	start int // of the key, or of the value where there is none
	value int
	end   int
	keys  map[string]*jsonNode
	items []*jsonNode
}

func (n *jsonNode) child(text string, step any) *jsonNode {
	if n.keys == nil && n.items == nil {
		n.expand(text)
	}
	switch step := step.(type) {
	case string:
		return n.keys[step]
	case int:
		if step >= 0 && step < len(n.items) {
			return n.items[step]
		}
	}
	return nil
}

// expand finds the children of a collection and leaves what is in them alone.
func (n *jsonNode) expand(text string) {
	p := jsonParser{text: text, pos: n.value}
	switch text[n.value] {
	case '{':
		n.keys = make(map[string]*jsonNode)
		for p.skip(); text[p.pos] != '}'; p.comma() {
			start := p.pos
			key := p.str()
			p.skip()
			value := p.pos
			n.keys[key] = &jsonNode{start: start, value: value, end: p.jump()}
		}
	case '[':
		n.items = []*jsonNode{}
		for p.skip(); text[p.pos] != ']'; p.comma() {
			value := p.pos
			n.items = append(n.items, &jsonNode{start: value, value: value, end: p.jump()})
		}
	}
}

// jump steps over a value and returns its end.
func (p *jsonParser) jump() int {
	for depth := 0; p.pos < len(p.text); {
		switch p.text[p.pos] {
		case '"':
			p.quoted()
		case '{', '[':
			depth++
			p.pos++
		case '}', ']':
			depth--
			p.pos++
		case ' ', '\t', '\r', '\n', ',', ':':
			p.pos++
		default:
			for p.pos < len(p.text) && strings.IndexByte(" \t\r\n,:}]", p.text[p.pos]) < 0 {
				p.pos++
			}
		}
		if depth == 0 {
			break
		}
	}
	return p.pos
}

// An index turns offsets into lines and columns without reading a long line again for each.
type index struct {
	text  string
	lines []int // where each line starts
	ascii bool  // every byte is a code point
	runes []int // else, how many code points stand before each block
}

const indexBlock = 1024

func newIndex(text string) *index {
	ix := &index{text: text, lines: append(make([]int, 0, 2+strings.Count(text, "\n")), 0), ascii: ascii(text)}
	for i := 0; i < len(text); i++ {
		next := strings.IndexByte(text[i:], '\n')
		if next < 0 {
			break
		}
		i += next
		ix.lines = append(ix.lines, i+1)
	}
	if ix.ascii {
		return ix
	}
	count := 0
	for i := 0; i <= len(text); i += indexBlock {
		ix.runes = append(ix.runes, count)
		count += runeStarts(text[i:min(i+indexBlock, len(text))])
	}
	return ix
}

func ascii(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// runeStarts counts code points by their first bytes, so that a block may cut one in two.
func runeStarts(s string) int {
	n := 0
	for i := range len(s) {
		if utf8.RuneStart(s[i]) {
			n++
		}
	}
	return n
}

func (ix *index) before(offset int) int {
	if ix.ascii {
		return offset
	}
	block := offset / indexBlock
	return ix.runes[block] + runeStarts(ix.text[block*indexBlock:offset])
}

// line returns which line holds an offset, counted from 0.
func (ix *index) line(offset int) int {
	low, high := 0, len(ix.lines)
	for high-low > 1 {
		if mid := (low + high) / 2; ix.lines[mid] <= offset {
			low = mid
		} else {
			high = mid
		}
	}
	return low
}

// place counts line and column from 1.
func (ix *index) place(offset int) (line, column int) {
	offset = max(0, min(offset, len(ix.text)))
	n := ix.line(offset)
	return n + 1, ix.before(offset) - ix.before(ix.lines[n]) + 1
}

// span is the place of a node as Tree.Spans defines it.
func (ix *index) span(n *jsonNode) fact.Span {
	end := n.end
	switch collection := ix.text[n.value] == '{' || ix.text[n.value] == '['; {
	case n.start != n.value && (collection || ix.line(n.start) != ix.line(n.value)):
		p := jsonParser{text: ix.text, pos: n.start}
		p.quoted()
		end = p.pos
	case collection:
		end = n.start + len(firstLine(ix.text[n.start:n.end]))
	}
	var s fact.Span
	s.Line, s.Column = ix.place(n.start)
	s.EndLine, s.EndColumn = ix.place(end)
	return s
}

func firstLine(s string) string {
	line, _, _ := strings.Cut(s, "\n")
	return strings.TrimRight(line, " \t\r")
}
