package systemd

import (
	"sort"
	"unicode/utf8"

	"sallyport/internal/fact"
)

// place is where an offset into joined pieces stands.
func place(pieces []piece, offset int) fact.Span {
	i := max(0, sort.Search(len(pieces), func(i int) bool { return pieces[i].at > offset })-1)
	s := &pieces[i]
	n := min(len(s.text), max(0, offset-s.at))
	if n < s.bytes {
		s.runes -= utf8.RuneCountInString(s.text[n:s.bytes])
	} else {
		s.runes += utf8.RuneCountInString(s.text[s.bytes:n])
	}
	s.bytes = n
	return fact.Span{Line: s.line, Column: s.runes + 1, EndLine: s.line, EndColumn: s.runes + 1}
}

// span is the place of value[from:to].
func (e *entry) span(from, to int) fact.Span {
	s := place(e.pieces, from)
	if to > from {
		end := place(e.pieces, to-1)
		s.EndLine, s.EndColumn = end.Line, end.Column+1
	}
	s.File = e.file
	return s
}

// whole is the place of the assignment, from its key to the end of its value.
func (e *entry) whole() fact.Span {
	if e.place.Line > 0 {
		return e.place
	}
	s := e.span(0, len(e.value))
	s.Line, s.Column = e.line, e.column
	if e.value == "" {
		s.EndLine, s.EndColumn = e.line, e.column+utf8.RuneCountInString(e.key)+1
	}
	e.place = s
	return s
}
