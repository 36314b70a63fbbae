package workflow

import (
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	"sallyport/internal/fact"
)

// Places say where in the file the facts come from. The place of a fact is that of the part of the file
// that it was read from, or a piece of text inside it.
type places map[string]place

type place struct {
	path fact.Path
	// text is that of the scalar, and offset where in it the first line of the fact begins; snippet is that
	// line, or "" for all of the scalar.
	text    string
	offset  int
	snippet string
}

// key is the place as a text.
func (p place) key() string {
	return p.path.String() + "\x00" + p.snippet + "\x00" + strconv.Itoa(p.offset)
}

func (p places) set(at fact.Path, n node) { p[at.String()] = place{path: n.path} }

// cut says that a fact comes from the text between two offsets of a script.
func (p places) cut(at fact.Path, s script, offset, end int) {
	p[at.String()] = s.place(offset, end)
}

func (p places) locator(spans fact.Locator, text string) fact.Locator {
	lines := sync.OnceValue(func() []string { return strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n") })
	return func(path fact.Path) (fact.Span, bool) {
		if len(path) == 0 {
			return spans(nil)
		}
		at, ok := p[path.String()]
		if !ok {
			return fact.Span{}, false
		}
		span, ok := spans(at.path)
		if !ok || at.snippet == "" {
			return span, ok
		}
		return at.find(span, lines()), true
	}
}

// find looks for the snippet from where the scalar begins to where it ends. A scalar may be folded or
// escaped so that the snippet is not there as it is; then the place is the scalar's.
func (p place) find(span fact.Span, lines []string) fact.Span {
	start := strings.LastIndexByte(p.text[:p.offset], '\n') + 1
	line, _, _ := strings.Cut(p.text[start:], "\n")
	below := strings.Count(p.text[:start], "\n")
	// In a literal block each line of the text has a line of the file, below the key.
	if n := span.Line + below; n < len(lines) && strings.TrimLeft(lines[n], " ") == strings.TrimLeft(line, " ") {
		column := utf8.RuneCountInString(lines[n]) - utf8.RuneCountInString(p.text[p.offset:start+len(line)])
		return snippetAt(n, column, p.snippet)
	}
	skip := strings.Count(p.text[:p.offset], p.snippet)
	// A line of the scalar is indented more than its key, or than the dash before it.
	outer := span.Column - 1
	if _, element := p.path[len(p.path)-1].(int); element {
		outer = span.Column - 3
	}
	for n := span.Line - 1; n < len(lines) && n < span.Line+maxScript; n++ {
		line, from := lines[n], 0
		if n == span.Line-1 {
			from = len(line) - len(skipRunes(line, span.Column-1))
		} else if blank := strings.TrimLeft(line, " "); strings.TrimSpace(blank) != "" && len(line)-len(blank) <= outer {
			break
		}
		for ; ; skip-- {
			i := strings.Index(line[from:], p.snippet)
			if i < 0 {
				break
			}
			from += i
			if skip == 0 {
				return snippetAt(n, utf8.RuneCountInString(line[:from]), p.snippet)
			}
			from += len(p.snippet)
		}
	}
	return span
}

// snippetAt is the place of a snippet in a line and behind some code points, both counted from 0.
func snippetAt(line, column int, snippet string) fact.Span {
	return fact.Span{
		Line: line + 1, Column: column + 1, EndLine: line + 1,
		EndColumn: column + 1 + utf8.RuneCountInString(snippet),
	}
}

// maxScript bounds how far below its key a part of a script is looked for, in lines.
const maxScript = 5000

func skipRunes(s string, n int) string {
	for ; n > 0 && s != ""; n-- {
		_, size := utf8.DecodeRuneInString(s)
		s = s[size:]
	}
	return s
}

// A script is a text to run, made of one scalar or of several that are run one after the other.
type script struct {
	text  string
	parts []node
	// starts are the offsets at which the parts begin.
	starts []int
}

func (s *script) add(n node, text string) {
	if s.text != "" && !strings.HasSuffix(s.text, "\n") {
		s.text += "\n"
	}
	s.parts, s.starts = append(s.parts, n), append(s.starts, len(s.text))
	s.text += text
}

// place is where the first line of what is between two offsets stands.
func (s script) place(offset, end int) place {
	offset = max(0, min(offset, len(s.text)))
	i, ok := slices.BinarySearch(s.starts, offset)
	if !ok {
		i--
	}
	stop := len(s.text)
	if i+1 < len(s.starts) {
		stop = s.starts[i+1]
	}
	snippet, _, _ := strings.Cut(s.text[offset:max(offset, min(end, stop))], "\n")
	return place{
		path: s.parts[i].path, text: s.text[s.starts[i]:stop], offset: offset - s.starts[i],
		snippet: strings.TrimRight(snippet, " \\\r"),
	}
}
