package syntax

import (
	"bytes"
	"sort"
	"strings"
	"sync"
	"unicode/utf8"

	"sallyport/internal/fact"
)

// yamlText is what the documents of a file share.
type yamlText struct {
	data   []byte
	once   sync.Once
	index  *index
	starts []int // where each line starts, by YAML's idea of a line
}

func (t *yamlText) prepare() {
	t.index = newIndex(string(t.data))
	t.starts = t.index.lines
	if bytes.IndexByte(t.data, '\r') >= 0 || !t.index.ascii && bytes.ContainsAny(t.data, "\u0085\u2028\u2029") {
		t.starts = []int{0}
		for i, r := range t.index.text {
			switch r {
			case '\r':
				if i+1 < len(t.data) && t.data[i+1] == '\n' {
					continue
				}
				fallthrough
			case '\n', '\u0085', '\u2028', '\u2029':
				t.starts = append(t.starts, i+utf8.RuneLen(r))
			}
		}
	}
}

func (t *yamlText) offset(line, column int) int {
	ix := t.index
	start := t.starts[min(line, len(t.starts))-1]
	if ix.ascii {
		return min(start+column-1, len(t.data))
	}
	runes := ix.before(start) + column - 1
	block := max(0, sort.SearchInts(ix.runes, runes+1)-1)
	pos := block * indexBlock
	for n := ix.runes[block]; pos < len(t.data) && (n < runes || !utf8.RuneStart(t.data[pos])); pos++ {
		if utf8.RuneStart(t.data[pos]) {
			n++
		}
	}
	return pos
}

func (t *yamlText) span(start, end int) fact.Span {
	var s fact.Span
	s.Line, s.Column = t.index.place(start)
	s.EndLine, s.EndColumn = t.index.place(max(start, end))
	return s
}

// properties steps over anchor and tag.
func (t *yamlText) properties(pos int) int {
	for pos < len(t.data) && (t.data[pos] == '&' || t.data[pos] == '!') {
		for pos < len(t.data) && strings.IndexByte(" \t\r\n", t.data[pos]) < 0 {
			pos++
		}
		for pos < len(t.data) && t.data[pos] == ' ' {
			pos++
		}
	}
	return pos
}

// scalarEnd is where a scalar ends, or its part on its first line; size is that of its value.
func (t *yamlText) scalarEnd(start, size int) int {
	pos := t.properties(start)
	line := t.data[pos:]
	if i := bytes.IndexAny(line, "\r\n"); i >= 0 {
		line = line[:i]
	}
	end := len(line)
	switch {
	case len(line) == 0:
	case line[0] == '"' || line[0] == '\'':
		end = quotedEnd(line)
	case line[0] == '*':
		if i := bytes.IndexAny(line, " ,]}"); i >= 0 {
			end = i
		}
	case line[0] != '|' && line[0] != '>' && size <= len(line):
		end = size
	}
	return t.trim(start, pos+end)
}

func (t *yamlText) trim(start, end int) int {
	return start + len(bytes.TrimRight(t.data[start:end], " \t\r\n"))
}

// quotedEnd is the end of a quoted text, or of the line where it goes on in the next.
func quotedEnd(line []byte) int {
	for i := 1; i < len(line); i++ {
		switch {
		case line[0] == '"' && line[i] == '\\':
			i++
		case line[0] == '\'' && line[i] == '\'' && i+1 < len(line) && line[i+1] == '\'':
			i++
		case line[i] == line[0]:
			return i + 1
		}
	}
	return len(line)
}
