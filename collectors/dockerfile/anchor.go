package dockerfile

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/moby/buildkit/frontend/dockerfile/parser"

	"sallyport/internal/fact"
)

// A part is the part of an instruction that a fact comes from.
type part int

const (
	atWhole  part = iota // the instruction
	atArgs               // all behind the flags
	atField              // the n-th of the arguments as they are split at blanks
	atWord               // the n-th of the arguments as they are split at blanks outside of quotes
	atFlag               // the n-th flag
	atScript             // the bytes n to m of what a RUN instruction runs
	atName               // the keyword
	atLine               // line n of the file
)

// An anchor remembers where a fact comes from, at the price of copying a few words; the place itself is
// looked for when somebody asks.
type anchor struct {
	node    *parser.Node
	part    part
	n, m    int
	trigger bool // inside ONBUILD
	// heredoc is true where the script is a here-document by itself, so that line 1 of the script is the
	// line behind the instruction. chomp is true for <<-.
	heredoc, chomp bool
}

// locate finds the place of an anchor; ok is false for the zero anchor.
func (s *source) locate(a anchor) (fact.Span, bool) {
	if a.part == atLine {
		from, to, ok := s.line(a.n)
		indent := len(s.text[from:to]) - len(strings.TrimLeftFunc(s.text[from:to], unicode.IsSpace))
		return s.span(from+indent, to), ok
	}
	if a.node == nil {
		return fact.Span{}, false
	}
	l := s.join(a.node)
	if l.text == "" {
		return fact.Span{}, false
	}
	t := s.tokens(l.text, 0)
	if a.trigger {
		t = s.tokens(l.text, t.args)
	}
	switch a.part {
	case atName:
		end := t.start
		for end < t.end && !blank(l.text[end]) {
			end++
		}
		return l.span(s, t.start, end), true
	case atArgs:
		return l.span(s, t.args, t.end), true
	case atField, atWord:
		from, to := s.nth(l.text, t, a)
		return l.span(s, from, to), true
	case atFlag:
		if a.n < len(t.flags) {
			return l.span(s, t.flags[a.n][0], t.flags[a.n][1]), true
		}
	case atScript:
		return s.script(l, t, a), true
	}
	return l.span(s, t.start, t.end), true
}

// tokens are offsets in a logical line.
type tokens struct {
	start int // of the instruction
	flags [][2]int
	args  int // where the arguments begin
	end   int
}

// tokens splits an instruction into its name, its flags and its arguments (parser.splitCommand).
func (s *source) tokens(text string, from int) tokens {
	t := tokens{start: skip(text, from), end: len(strings.TrimRightFunc(text, unicode.IsSpace))}
	at := t.start
	for at < t.end && !blank(text[at]) {
		at++
	}
	for {
		at = skip(text, at)
		if at+1 >= t.end || text[at] != '-' || text[at+1] != '-' {
			break
		}
		begin := at
		for quote := byte(0); at < t.end; at++ {
			c := text[at]
			switch {
			case c == s.escape && at+1 < t.end:
				at++
			case quote != 0:
				if c == quote {
					quote = 0
				}
			case c == '\'' || c == '"':
				quote = c
			case blank(c):
				goto done
			}
		}
	done:
		at = min(at, t.end)
		if text[begin:at] == "--" {
			at = skip(text, at)
			break
		}
		t.flags = append(t.flags, [2]int{begin, at})
	}
	t.args = min(at, t.end)
	return t
}

func skip(text string, at int) int {
	return len(text) - len(strings.TrimLeftFunc(text[min(at, len(text)):], unicode.IsSpace))
}

func blank(c byte) bool { return c == ' ' || c >= '\t' && c <= '\r' }

// nth finds an argument: by blanks, or by blanks outside of quotes (parser.parseWords). An instruction
// in the old form "ENV name value" has one.
func (s *source) nth(text string, t tokens, a anchor) (from, to int) {
	at, first := t.args, true
	for n := 0; at < t.end; n++ {
		begin := at
		if a.part == atWord {
			at = s.wordEnd(text, at, t.end)
		} else {
			for at < t.end && !blank(text[at]) {
				at++
			}
		}
		if first && a.part == atWord && a.m == 1 && !strings.Contains(text[begin:at], "=") {
			return t.args, t.end
		}
		first = false
		if n == a.n {
			return begin, at
		}
		at = skip(text, at)
	}
	return t.args, t.end
}

func (s *source) wordEnd(text string, at, end int) int {
	quote := byte(0)
	for at < end {
		r, size := utf8.DecodeRuneInString(text[at:])
		switch {
		case r == rune(s.escape) && quote != '\'' && at+size < end:
			_, next := utf8.DecodeRuneInString(text[at+size:])
			at += next
		case quote != 0:
			if r == rune(quote) {
				quote = 0
			}
		case r == '\'' || r == '"':
			quote = byte(r)
		case unicode.IsSpace(r):
			return at
		}
		at += size
	}
	return end
}

// script finds bytes of what a RUN instruction runs: in the instruction itself, or in the lines of its
// here-documents.
func (s *source) script(l logical, t tokens, a anchor) fact.Span {
	inline := t.end - t.args
	if !a.heredoc && a.n <= inline {
		if a.m <= inline {
			return l.span(s, t.args+a.n, t.args+a.m)
		}
		return l.span(s, t.args+a.n, t.end)
	}
	first, _, ok := s.line(l.next)
	last, _, _ := s.line(a.node.EndLine)
	if !ok || last < first {
		return l.span(s, t.args, t.end)
	}
	from, to := a.n, a.m
	if !a.heredoc {
		from, to = a.n-inline-1, a.m-inline-1
	}
	return s.span(s.unchomp(first, from, a.chomp), s.unchomp(first, to, a.chomp))
}

// unchomp turns an offset of a here-document into one of the source: <<- has removed tabs.
func (s *source) unchomp(first, offset int, chomp bool) int {
	if !chomp {
		return first + offset
	}
	at := first
	for at < len(s.text) {
		body := strings.TrimLeft(s.text[at:], "\t")
		at = len(s.text) - len(body)
		n := strings.IndexByte(body, '\n') + 1
		if n == 0 || offset < n {
			return at + offset
		}
		at, offset = at+n, offset-n
	}
	return at
}
