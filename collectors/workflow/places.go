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
	// snippet is what to find in the scalar, after skip earlier occurrences; "" is all of it.
	snippet string
	skip    int
}

// key is the place as a text.
func (p place) key() string {
	return p.path.String() + "\x00" + p.snippet + "\x00" + strconv.Itoa(p.skip)
}

func (p places) set(at fact.Path, n node) { p[at.String()] = place{path: n.path} }

// cut says that a fact comes from the text between two offsets of a script.
func (p places) cut(at fact.Path, s script, offset, end int) {
	p[at.String()] = s.place(offset, end)
}

func (p places) locator(spans fact.Locator, text string) fact.Locator {
	lines := sync.OnceValue(func() []string { return strings.Split(text, "\n") })
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
func (at place) find(span fact.Span, lines []string) fact.Span {
	// A line of the scalar is indented more than its key, or than the dash before it.
	outer := span.Column - 1
	if _, element := at.path[len(at.path)-1].(int); element {
		outer = span.Column - 3
	}
	skip := at.skip
	for n := span.Line - 1; n < len(lines) && n < span.Line+maxScript; n++ {
		line, from := lines[n], 0
		if n == span.Line-1 {
			from = len(line) - len(skipRunes(line, span.Column-1))
		} else if blank := strings.TrimLeft(line, " "); strings.TrimSpace(blank) != "" && len(line)-len(blank) <= outer {
			break
		}
		for ; ; skip-- {
			i := strings.Index(line[from:], at.snippet)
			if i < 0 {
				break
			}
			from += i
			if skip == 0 {
				column := utf8.RuneCountInString(line[:from]) + 1
				return fact.Span{Line: n + 1, Column: column, EndLine: n + 1,
					EndColumn: column + utf8.RuneCountInString(at.snippet)}
			}
			from += len(at.snippet)
		}
	}
	return span
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
	snippet, _, _ := strings.Cut(s.text[offset:max(offset, min(end, len(s.text)))], "\n")
	snippet = strings.TrimRight(snippet, " \\\r")
	if snippet == "" {
		return place{path: s.parts[i].path}
	}
	return place{path: s.parts[i].path, snippet: snippet, skip: strings.Count(s.text[s.starts[i]:offset], snippet)}
}
