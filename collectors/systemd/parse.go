package systemd

import (
	"bytes"
	"fmt"
	"io/fs"
	"path"
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
	line, column int32
	// pieces are the physical lines of the value; single is room for one.
	pieces []piece
	single [1]piece
	// group is the place of its setting in the index of the unit.
	group int32
	// commands are what the value of a command setting is apart.
	commands []*parsed
	apart    bool
	// place is what whole found.
	place *fact.Span
}

// A piece is the part of a value that stands on one physical line.
type piece struct {
	// at is the offset into the value; it is negative where the value starts later on the line.
	at int32
	// line is the number of the line, and text all of it, from its first column on.
	line int32
	text string
	// bytes and runes are a position in text that was counted before: words are located in order, and
	// counting each from the start of a long line takes quadratic time.
	bytes, runes int32
}

// A source is one parsed file.
type source struct {
	entries []*entry
	// headers are the places of the first line of each section.
	headers headers
	// broken is true for a drop-in that systemd gives up on somewhere: the entries are those before that.
	broken bool
	// empty is true for a file without a single byte, which masks.
	empty bool
}

// parse reads a unit file or a drop-in as systemd.syntax(7) says; name is for errors, and file for spans.
func parse(fsys fs.FS, name, file string) (*source, []error) {
	data, err := fs.ReadFile(fsys, name)
	if err != nil {
		return &source{}, []error{err}
	}
	p := &parser{name: name, source: source{empty: len(data) == 0}, file: file, dropin: path.Ext(name) == ".conf"}
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	if i := bytes.IndexByte(data, 0); i >= 0 {
		// A NUL ends a line for systemd, and has no business in a text.
		p.refuse(1+bytes.Count(data[:i], []byte("\n")), "save the file as UTF-8 text", "a NUL byte in a text file")
		data = bytes.ReplaceAll(data, []byte{0}, []byte("\n"))
	}
	if lines := bytes.Count(data, []byte("=")); lines <= maxAtOnce {
		p.room, p.entries = make([]entry, lines), make([]*entry, 0, lines)
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
	// single is the piece of a line that does not continue, and room memory for assignments.
	single [1]piece
	room   []entry
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
	returns := strings.IndexByte(text, '\r') >= 0
	for n := 1; text != "" && !p.broken; n++ {
		line := ""
		line, text = cutLine(text, returns)
		if t := trimBlanks(line); t != "" && (t[0] == '#' || t[0] == ';') {
			continue
		}
		if len(p.pieces) == 0 && len(line) <= maxLine && !strings.HasSuffix(line, `\`) {
			p.single[0] = piece{line: int32(n), text: line}
			p.statement(line, p.single[:])
			p.long = false
			continue
		}
		if len(p.joined)+len(line) > maxLine {
			if !p.long {
				p.giveUp(n, "split the setting", "the line is longer than 1 MiB")
			}
			p.long, p.joined, p.pieces = true, nil, nil
			continue
		}
		p.pieces = append(p.pieces, piece{at: int32(len(p.joined)), line: int32(n), text: line})
		p.joined = append(p.joined, line...)
		if !p.continues(line) {
			p.whole()
		}
	}
	if len(p.pieces) > 0 && !p.broken {
		p.whole()
	}
}

// whole reads the line that the pieces make.
func (p *parser) whole() {
	text, pieces := string(p.joined), p.pieces
	p.joined, p.pieces, p.long = p.joined[:0], nil, false
	p.statement(text, pieces)
}

// cutLine cuts a text behind its first line; returns is true where any line may end in \r.
func cutLine(text string, returns bool) (line, rest string) {
	i := strings.IndexByte(text, '\n')
	if returns {
		i = strings.IndexAny(text, "\r\n")
	}
	if i < 0 {
		return text, ""
	}
	line = text[:i]
	if strings.HasPrefix(text[i:], "\r\n") {
		i++
	}
	return line, text[i+1:]
}

// trimBlanks is a text without the blanks and tabs around it.
func trimBlanks(text string) string {
	for text != "" && (text[0] == ' ' || text[0] == '\t') {
		text = text[1:]
	}
	for text != "" && (text[len(text)-1] == ' ' || text[len(text)-1] == '\t') {
		text = text[:len(text)-1]
	}
	return text
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
func (p *parser) statement(text string, pieces []piece) {
	trimmed := trimBlanks(text)
	if trimmed == "" {
		return
	}
	lead := 0
	for text[lead] == ' ' || text[lead] == '\t' {
		lead++
	}
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
	case trimBlanks(key) == "":
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
	e := p.entry()
	*e = entry{
		section: p.section, key: trimBlanks(key), value: strings.TrimRight(value, " \t"),
		file: p.file, line: int32(start.Line), column: int32(start.Column), pieces: e.single[:],
	}
	if len(pieces) > 1 {
		e.pieces = make([]piece, len(pieces))
	}
	for i, s := range pieces {
		s.at, s.bytes, s.runes = s.at-int32(offset), 0, 0
		e.pieces[i] = s
	}
	p.entries = append(p.entries, e)
}

// entry is memory for an assignment: it is taken for several at once.
func (p *parser) entry() *entry {
	if len(p.room) == 0 {
		p.room = make([]entry, atOnce)
	}
	e := &p.room[0]
	p.room = p.room[1:]
	return e
}

// Up to maxAtOnce assignments are made room for when a file is read, and atOnce when there are more.
const (
	maxAtOnce = 256
	atOnce    = 16
)

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
	if p.headers.find(p.section) == nil {
		at.File = p.file
		at.EndLine, at.EndColumn = at.Line, at.Column+utf8.RuneCountInString(text)
		p.headers.add(p.section, at)
	}
}
