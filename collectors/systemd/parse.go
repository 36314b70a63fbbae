package systemd

import (
	"bytes"
	"fmt"
	"io/fs"
	"path"
	"sort"
	"strings"
	"unicode/utf8"

	"sallyport/internal/fact"
)

// maxLine is the longest line that systemd reads, continuations joined (LONG_LINE_MAX).
const maxLine = 1 << 20

// An entry is one assignment of a unit file.
type entry struct {
	section, key, value string
	// file is the path of the drop-in, or "" for the unit itself.
	file string
	// line and column are where the key stands.
	line, column int
	// pieces are the physical lines of the value.
	pieces []piece
	// group is the place of its setting in the index of the unit.
	group int
	// place is what whole found.
	place fact.Span
}

// A piece is the part of a value that stands on one physical line.
type piece struct {
	// at is the offset into the value; it is negative where the value starts later on the line.
	at int
	// line is the number of the line, and text all of it, from its first column on.
	line int
	text string
	// bytes and runes are a position in text that was counted before: words are located in order, and
	// counting each from the start of a long line takes quadratic time.
	bytes, runes int
}

// A source is one parsed file.
type source struct {
	entries []*entry
	// headers are the places of the first line of each section.
	headers map[string]fact.Span
	// sections are the names in the order of their first lines.
	sections []string
	// broken is true for a drop-in that systemd gives up on somewhere: the entries are those before that.
	broken bool
	// empty is true for a file without a single byte, which masks.
	empty bool
}

// parse reads a unit file or a drop-in as systemd.syntax(7) says; name is for errors, and file for spans.
func parse(fsys fs.FS, name, file string) (*source, []error) {
	data, err := fs.ReadFile(fsys, name)
	if err != nil {
		return &source{headers: map[string]fact.Span{}}, []error{err}
	}
	p := &parser{name: name, source: source{headers: map[string]fact.Span{}, empty: len(data) == 0}, file: file, dropin: path.Ext(name) == ".conf"}
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	if i := bytes.IndexByte(data, 0); i >= 0 {
		// A NUL ends a line for systemd, and has no business in a text.
		p.refuse(1+bytes.Count(data[:i], []byte("\n")), "save the file as UTF-8 text", "a NUL byte in a text file")
		data = bytes.ReplaceAll(data, []byte{0}, []byte("\n"))
	}
	p.lines(string(data))
	return &p.source, p.errs
}

type parser struct {
	source
	name, file string
	section    string
	dropin     bool
	// known is false before the first section and in one that is ignored.
	known bool
	errs  []error
	// joined and pieces are a line that continues; pieces count offsets into joined.
	joined []byte
	pieces []piece
	long   bool
}

func (p *parser) refuse(line int, hint, format string, args ...any) {
	p.errs = append(p.errs, &fact.Error{File: p.name, Line: line, Msg: fmt.Sprintf(format, args...), Hint: hint})
}

// giveUp notes a mistake that makes systemd refuse a unit, or leave out the rest of a drop-in.
func (p *parser) giveUp(line int, hint, what string) {
	if p.dropin {
		p.refuse(line, hint, "%s; systemd ignores the rest of the drop-in", what)
		p.broken = true
		return
	}
	p.refuse(line, hint, "%s; systemd refuses the unit", what)
}

// lines splits the text at \n, \r\n and \r, drops comments (also between continued lines) and joins
// lines that end in a backslash, which becomes a blank.
func (p *parser) lines(text string) {
	for n := 1; text != "" && !p.broken; n++ {
		line := text
		if i := strings.IndexAny(text, "\r\n"); i >= 0 {
			line = text[:i]
			if strings.HasPrefix(text[i:], "\r\n") {
				i++
			}
			text = text[i+1:]
		} else {
			text = ""
		}
		if t := strings.TrimLeft(line, " \t"); t != "" && (t[0] == '#' || t[0] == ';') {
			continue
		}
		if len(p.joined)+len(line) > maxLine {
			if !p.long {
				p.giveUp(n, "split the setting", "the line is longer than 1 MiB")
			}
			p.long, p.joined, p.pieces = true, nil, nil
			continue
		}
		p.pieces = append(p.pieces, piece{at: len(p.joined), line: n, text: line})
		p.joined = append(p.joined, line...)
		if !p.continues(line) {
			p.statement()
		}
	}
	if len(p.pieces) > 0 && !p.broken {
		p.statement()
	}
}

// continues tells whether a line ends in a backslash that is not escaped itself.
func (p *parser) continues(line string) bool {
	n := len(line) - len(strings.TrimRight(line, `\`))
	if n%2 == 0 {
		return false
	}
	p.joined[len(p.joined)-1] = ' '
	return true
}

// statement reads a whole line: a section, an assignment or nothing.
func (p *parser) statement() {
	text, pieces := string(p.joined), p.pieces
	p.joined, p.pieces, p.long = p.joined[:0], nil, false
	trimmed := strings.Trim(text, " \t")
	if trimmed == "" {
		return
	}
	lead := strings.Index(text, trimmed)
	start := place(pieces, lead)
	if !utf8.ValidString(trimmed) {
		p.giveUp(start.Line, "save the file as UTF-8 text", "invalid UTF-8")
		return
	}
	if trimmed[0] == '[' {
		p.header(trimmed, start)
		return
	}
	key, _, ok := strings.Cut(trimmed, "=")
	switch {
	case !ok:
		p.refuse(start.Line, "write KEY=value, or remove the line", "the line has no \"=\", so systemd ignores it")
		return
	case strings.Trim(key, " \t") == "":
		p.refuse(start.Line, "write KEY=value, or remove the line", "there is no key before \"=\", so systemd ignores the line")
		return
	case !p.known:
		if p.section == "" {
			p.refuse(start.Line, "put the section in front, such as [Service]", "the assignment stands before any section, so systemd ignores it")
		}
		return
	}
	after := trimmed[len(key)+1:]
	value := strings.TrimLeft(after, " \t")
	offset := lead + len(key) + 1 + len(after) - len(value)
	shifted := make([]piece, len(pieces))
	for i, s := range pieces {
		s.at, s.bytes, s.runes = s.at-offset, 0, 0
		shifted[i] = s
	}
	p.entries = append(p.entries, &entry{
		section: p.section, key: strings.TrimRight(key, " \t"), value: strings.TrimRight(value, " \t"),
		file: p.file, line: start.Line, column: start.Column, pieces: shifted,
	})
}

func (p *parser) header(text string, at fact.Span) {
	if !strings.HasSuffix(text, "]") {
		p.giveUp(at.Line, "close the section with \"]\"", fmt.Sprintf("the section %q is not closed", text))
		if p.broken {
			return
		}
		text += "]" // what is meant is plain, so that the rest can be judged
	}
	p.section = text[1 : len(text)-1]
	p.known = sections()[p.section] != nil
	if _, seen := p.headers[p.section]; !seen {
		at.File = p.file
		at.EndLine, at.EndColumn = at.Line, at.Column+utf8.RuneCountInString(text)
		p.headers[p.section] = at
		p.sections = append(p.sections, p.section)
	}
}

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
