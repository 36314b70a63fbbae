package dockerfile

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/moby/buildkit/frontend/dockerfile/parser"

	"sallyport/internal/fact"
)

// A source finds places in the text again: buildkit keeps the lines of an instruction and forgets the
// columns. It works for findings only, so it may be slow and reads the text anew.
type source struct {
	text   string
	escape byte
	starts []int // byte offsets of the lines
	// What was joined last: several rules often blame the same instruction, one after the other.
	node   *parser.Node
	joined logical
}

func newSource(text string, escape rune) *source {
	return &source{text: text, escape: byte(escape)}
}

// line returns the bounds of a line without its end of line; ok is false beyond the text.
func (s *source) line(n int) (from, to int, ok bool) {
	if s.starts == nil {
		s.starts = []int{0}
		for i := 0; i < len(s.text); i++ {
			if s.text[i] == '\n' {
				s.starts = append(s.starts, i+1)
			}
		}
	}
	if n < 1 || n > len(s.starts) {
		return 0, 0, false
	}
	from, to = s.starts[n-1], len(s.text)
	if n < len(s.starts) {
		to = s.starts[n]
	}
	return from, from + len(strings.TrimRight(s.text[from:to], "\r\n")), true
}

// A logical line is an instruction with its continued lines joined.
type logical struct {
	text string
	// at has the offset in the source for every byte of text, and one more for its end.
	at []int
	// next is the line behind it, where here-documents begin.
	next int
}

// join joins the lines of a node as parser.Parse does: no comments, no empty lines, no escape
// characters at the ends of lines.
func (s *source) join(n *parser.Node) logical {
	if s.node != n {
		s.node, s.joined = n, s.join1(n)
	}
	return s.joined
}

func (s *source) join1(n *parser.Node) logical {
	var b strings.Builder
	var l logical
	if from, _, ok := s.line(n.StartLine); ok {
		_, to, _ := s.line(min(n.EndLine, len(s.starts)))
		b.Grow(max(to-from, 0))
		l.at = make([]int, 0, max(to-from, 0)+1)
	}
	for number := n.StartLine; ; number++ {
		from, to, ok := s.line(number)
		if !ok || number > n.EndLine {
			break
		}
		l.next = number + 1
		first := b.Len() == 0 && len(l.at) == 0
		trimmed := strings.TrimLeftFunc(s.text[from:to], unicode.IsSpace)
		if !first && (trimmed == "" || trimmed[0] == '#') {
			continue
		}
		if first {
			from = to - len(trimmed)
		}
		content, more := s.cut(s.text[from:to])
		b.WriteString(content)
		for i := range len(content) {
			l.at = append(l.at, from+i)
		}
		if !more {
			break
		}
	}
	l.text = b.String()
	end := 0
	if len(l.at) > 0 {
		end = l.at[len(l.at)-1] + 1
	}
	l.at = append(l.at, end)
	return l
}

// cut removes the escape character that continues a line.
func (s *source) cut(line string) (string, bool) {
	t := strings.TrimRight(line, " \t")
	n := len(t)
	if n == 0 || t[n-1] != s.escape || n > 1 && t[n-2] == s.escape {
		return line, false
	}
	return t[:n-1], true
}

// span is the region between two bytes of the text.
func (s *source) span(from, to int) fact.Span {
	line, column := s.position(from)
	endLine, endColumn := s.position(to)
	return fact.Span{Line: line, Column: column, EndLine: endLine, EndColumn: endColumn}
}

func (s *source) position(offset int) (line, column int) {
	offset = min(max(offset, 0), len(s.text))
	s.line(1)
	lo, hi := 0, len(s.starts)
	for hi-lo > 1 {
		if mid := (lo + hi) / 2; s.starts[mid] <= offset {
			lo = mid
		} else {
			hi = mid
		}
	}
	return lo + 1, 1 + utf8.RuneCountInString(s.text[s.starts[lo]:offset])
}

// span is the region of the logical line's bytes from and to.
func (l logical) span(s *source, from, to int) fact.Span {
	from = min(max(from, 0), len(l.at)-1)
	to = min(max(to, from), len(l.at)-1)
	start, end := l.at[from], l.at[to]
	if to > from {
		end = l.at[to-1] + 1
	}
	return s.span(start, end)
}
