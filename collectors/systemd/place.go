package systemd

import (
	"sort"
	"unicode/utf8"

	"sallyport/internal/fact"
)

// place is where an offset into joined pieces stands.
func place(pieces []piece, offset int) fact.Span {
	i := max(0, sort.Search(len(pieces), func(i int) bool { return int(pieces[i].at) > offset })-1)
	s := &pieces[i]
	n := int32(min(len(s.text), max(0, offset-int(s.at))))
	if n < s.bytes {
		s.runes -= int32(utf8.RuneCountInString(s.text[n:s.bytes]))
	} else {
		s.runes += int32(utf8.RuneCountInString(s.text[s.bytes:n]))
	}
	s.bytes = n
	return fact.Span{Line: int(s.line), Column: int(s.runes) + 1, EndLine: int(s.line), EndColumn: int(s.runes) + 1}
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
	if e.place != nil {
		return *e.place
	}
	s := e.span(0, len(e.value))
	s.Line, s.Column = int(e.line), int(e.column)
	if e.value == "" {
		s.EndLine, s.EndColumn = int(e.line), int(e.column)+utf8.RuneCountInString(e.key)+1
	}
	e.place = &s
	return s
}
