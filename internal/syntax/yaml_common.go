package syntax

import (
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"
)

// A commonYAML reads one document of the YAML that people write: block mappings and sequences, scalars and flow collections of
// one line, literal texts, anchors and aliases. It makes the same nodes as the library but for comments, in a tenth of
// the time. It gives up at whatever else there is, and at every mistake: then the library has the word.
type commonYAML struct {
	text string
	pos  int
	line int // of pos, from 1
	bol  int // where that line begins
	deep int

	// In a text that is not all ASCII: how many code points of the line are before an offset, the last that was asked for.
	wide            bool
	counted, before int

	slab    []yaml.Node
	lists   []*yaml.Node
	stack   []*yaml.Node // the children of the collections that are open
	anchors map[string]*yaml.Node
}

// giveUp is panicked with, and recovered from, where the text is not of the common kind.
type giveUp struct{}

// What the reader takes itself. The depth is below that at which documents are refused.
const (
	commonDepth = MaxDepth - 10
	commonKey   = 1000 // the library takes keys of up to 1024 characters
)

// yamlCommon returns the content of a text that is one document; nil where the library has to read it.
func yamlCommon(chunk []byte) (root *yaml.Node) {
	p := commonYAML{text: string(chunk), line: 1}
	if !p.printable() {
		return nil
	}
	defer func() {
		if r := recover(); r != nil {
			if _, ok := r.(giveUp); !ok {
				panic(r)
			}
			root = nil
		}
	}()
	p.lines(true)
	if p.end() || !p.entry() && p.key() < 0 {
		return nil
	}
	root = p.block(-1, nil)
	if !p.end() {
		return nil
	}
	return root
}

// printable tells whether the text has only characters that are the same to every reader, and no tabs.
func (p *commonYAML) printable() bool {
	for i := range len(p.text) {
		if c := p.text[i]; c < ' ' && c != '\n' || c == 0x7f {
			return false
		} else if c >= utf8.RuneSelf {
			p.wide = true
		}
	}
	if !p.wide {
		return true
	}
	for _, r := range p.text {
		switch {
		case r < utf8.RuneSelf:
		case r < 0xa0, r == 0x2028, r == 0x2029, r == 0xfeff, r == utf8.RuneError, r == 0xfffe, r == 0xffff:
			return false
		}
	}
	return true
}

func (p *commonYAML) fail() { panic(giveUp{}) }

func (p *commonYAML) end() bool { return p.pos >= len(p.text) }

// at is the byte at an offset; 0 is the end of the text.
func (p *commonYAML) at(i int) byte {
	if i < len(p.text) {
		return p.text[i]
	}
	return 0
}

// blank tells whether a space, the end of the line or that of the text is at an offset.
func (p *commonYAML) blank(i int) bool {
	c := p.at(i)
	return c == ' ' || c == '\n' || c == 0
}

// indent is the column of the position, from 0, where only spaces and dashes are before it.
func (p *commonYAML) indent() int { return p.pos - p.bol }

// entry tells whether an element of a block sequence is at the position.
func (p *commonYAML) entry() bool { return p.at(p.pos) == '-' && p.blank(p.pos+1) }

func (p *commonYAML) spaces() {
	for p.at(p.pos) == ' ' {
		p.pos++
	}
}

// lines goes on to the first character of the next line with content, from where nothing but a comment may follow.
func (p *commonYAML) lines(first bool) {
	for {
		p.spaces()
		switch c := p.at(p.pos); {
		case c == '#' && (p.pos == p.bol || p.text[p.pos-1] == ' '):
			next := strings.IndexByte(p.text[p.pos:], '\n')
			if next < 0 {
				p.pos = len(p.text)
				return
			}
			p.pos += next
		case c == 0:
			return
		case c != '\n':
			if p.pos > p.bol || !strings.HasPrefix(p.text[p.pos:], "---") && !strings.HasPrefix(p.text[p.pos:], "...") && c != '%' {
				return
			}
			if !first || !strings.HasPrefix(p.text[p.pos:], "---") || !p.blank(p.pos+3) {
				p.fail()
			}
			first = false
			p.pos += len("---")
			if p.spaces(); p.at(p.pos) != '\n' && p.at(p.pos) != 0 {
				p.fail()
			}
			continue
		}
		p.pos++
		p.line++
		p.bol = p.pos
	}
}

// rest goes on to the next line with content after a value that ends its line.
func (p *commonYAML) rest() {
	line := p.line
	if p.lines(false); !p.end() && p.line == line {
		p.fail()
	}
}

// A yamlMark is a place in the text, with the name of the anchor that is there.
type yamlMark struct {
	line, column int
	anchor       string
}

func (p *commonYAML) mark() yamlMark {
	if !p.wide {
		return yamlMark{line: p.line, column: p.pos - p.bol + 1}
	}
	if p.counted < p.bol {
		p.counted, p.before = p.bol, 0
	}
	p.before += utf8.RuneCountInString(p.text[p.counted:p.pos])
	p.counted = p.pos
	return yamlMark{line: p.line, column: p.before + 1}
}

// node makes a node at the position, or at that of its anchor.
func (p *commonYAML) node(kind yaml.Kind, tag string, at *yamlMark) *yaml.Node {
	if len(p.slab) == 0 {
		p.slab = make([]yaml.Node, min(max(len(p.text)/16, 8), 128))
	}
	n := &p.slab[0]
	p.slab = p.slab[1:]
	n.Kind, n.Tag = kind, tag
	if at == nil {
		here := p.mark()
		at = &here
	}
	n.Line, n.Column, n.Anchor = at.line, at.column, at.anchor
	if at.anchor != "" {
		if p.anchors == nil {
			p.anchors = map[string]*yaml.Node{}
		}
		p.anchors[at.anchor] = n
	}
	return n
}

// adopt makes children of the nodes on the stack from an index on.
func (p *commonYAML) adopt(n *yaml.Node, from int) {
	count := len(p.stack) - from
	if count > 0 {
		if cap(p.lists)-len(p.lists) < count {
			p.lists = make([]*yaml.Node, 0, max(count, 128))
		}
		start := len(p.lists)
		p.lists = append(p.lists, p.stack[from:]...)
		n.Content = p.lists[start:len(p.lists):len(p.lists)]
	}
	p.stack = p.stack[:from]
}
