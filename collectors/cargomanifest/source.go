package cargomanifest

import (
	"strings"
	"unicode/utf8"

	"sallyport/internal/fact"
)

// A source is a text of Rust while it is read. Comments and texts are passed over.
type source struct {
	text string
	at   int
}

var closing = map[byte]byte{'(': ')', '[': ']', '{': '}'}

func (s *source) rest() string { return s.text[s.at:] }

// opens steps over characters that blanks and comments may part, if they stand there.
func (s *source) opens(characters ...string) bool {
	start := s.at
	for i, c := range characters {
		if i > 0 {
			s.blank()
		}
		if !strings.HasPrefix(s.rest(), c) {
			s.at = start
			return false
		}
		s.skip(1)
	}
	return true
}

func (s *source) skip(n int) { s.at = min(s.at+n, len(s.text)) }

// blank passes over white space and comments.
func (s *source) blank() {
	for {
		rest := s.rest()
		s.at += len(rest) - len(strings.TrimLeft(rest, " \t\r\n"))
		switch {
		case strings.HasPrefix(s.rest(), "//"):
			s.skip(strings.IndexByte(s.rest()+"\n", '\n'))
		case strings.HasPrefix(s.rest(), "/*"):
			s.comment()
		default:
			return
		}
	}
}

// comment passes over a comment, which may hold others.
func (s *source) comment() {
	for depth := 0; s.at < len(s.text); {
		switch {
		case strings.HasPrefix(s.rest(), "/*"):
			depth++
			s.skip(2)
		case strings.HasPrefix(s.rest(), "*/"):
			depth--
			s.skip(2)
		default:
			s.skip(1)
		}
		if depth == 0 {
			return
		}
	}
}

// next is the next character that is neither blank nor part of a text; 0 at the end.
func (s *source) next() byte {
	for s.blank(); s.at < len(s.text); s.blank() {
		c := s.text[s.at]
		s.skip(1)
		if c != '"' {
			return c
		}
		for s.at < len(s.text) && s.text[s.at] != '"' {
			if s.text[s.at] == '\\' {
				s.skip(1)
			}
			s.skip(1)
		}
		s.skip(1)
	}
	return 0
}

// group is the text up to the end of a group that is open, and passes over the end. Groups nest.
func (s *source) group(end byte) (string, bool) {
	start := s.at
	for open := []byte{end}; ; {
		c := s.next()
		switch {
		case c == 0:
			return "", false
		case closing[c] != 0:
			open = append(open, closing[c])
		case c == open[len(open)-1]:
			if open = open[:len(open)-1]; len(open) == 0 {
				return s.text[start : s.at-1], true
			}
		}
	}
}

// span is the place of a part of the text.
func (s *source) span(start, end int) fact.Span {
	place := func(at int) (line, column int) {
		before := s.text[:at]
		return 1 + strings.Count(before, "\n"), 1 + utf8.RuneCountInString(before[strings.LastIndexByte(before, '\n')+1:])
	}
	var p fact.Span
	p.Line, p.Column = place(start)
	p.EndLine, p.EndColumn = place(end)
	return p
}
