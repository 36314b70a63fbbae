package nftables

import (
	"fmt"
	"io/fs"
	"strconv"

	"sallyport/internal/fact"
	"sallyport/internal/firewall"
	"sallyport/internal/suggest"
)

// maxNesting bounds blocks and expressions inside each other.
const maxNesting = 64

// A refusal is thrown where nft would refuse what stands at a place.
type refusal struct{ err *fact.Error }

func refuse(at fact.Span, hint, format string, args ...any) {
	panic(refusal{&fact.Error{File: at.File, Line: at.Line, Column: at.Column, Msg: fmt.Sprintf(format, args...), Hint: hint}})
}

// didYouMean is the hint that names what was probably meant.
func didYouMean(word string, names []string) string {
	near := suggest.Nearest(word, names)
	if near == "" || near == word || suggest.Distance(word, near) > max(1, len(near)/3) {
		return ""
	}
	return fmt.Sprintf("write %q, if that is what is meant", near)
}

// A parser reads commands.
type parser struct {
	fsys    fs.FS
	root    string // the path of the file asked for
	sources []*scanner
	files   int
	tok     token
	ahead   []token
	last    fact.Span // of the token before tok
	lastOff int
	scopes  []map[string]*expr
	depth   int
	partial []firewall.Unknown
	// returns is the first carriage return outside of comments.
	returns fact.Span
	// listing stays true while all is as "nft list ruleset" prints it.
	listing bool
	// defining is while the value of a variable is read, which may be an empty set.
	defining bool
}

func (p *parser) src() *scanner { return p.sources[len(p.sources)-1] }

// read takes the next token of the files that are open; an included file ends like a line does.
func (p *parser) read() token {
	t := p.src().next()
	if t.kind == tEnd && len(p.sources) > 1 {
		p.note(p.src())
		p.sources = p.sources[:len(p.sources)-1]
		t.kind = tNewline
	}
	return t
}

// note takes up what a scanner has seen that nft would not.
func (p *parser) note(s *scanner) {
	if p.returns.Line == 0 {
		p.returns = s.returns
	}
}

func (p *parser) next() {
	p.last, p.lastOff = p.tok.at, p.tok.off+len(p.tok.text)
	if p.tok.kind == tQuoted {
		p.lastOff += 2
	}
	if len(p.ahead) > 0 {
		p.tok, p.ahead = p.ahead[0], p.ahead[1:]
		return
	}
	p.tok = p.read()
}

// peek is the token n after this one.
func (p *parser) peek(n int) token {
	for len(p.ahead) < n {
		p.ahead = append(p.ahead, p.read())
	}
	return p.ahead[n-1]
}

func (p *parser) is(text string) bool {
	return p.tok.text == text && (p.tok.kind == tWord || p.tok.kind == tPunct)
}

func (p *parser) isAny(texts ...string) bool {
	for _, t := range texts {
		if p.is(t) {
			return true
		}
	}
	return false
}

func (p *parser) accept(text string) bool {
	if p.is(text) {
		p.next()
		return true
	}
	return false
}

func (p *parser) expect(text string) {
	if !p.accept(text) {
		p.unexpected(strconv.Quote(text))
	}
}

func describe(t token) string {
	switch t.kind {
	case tEnd:
		return "the end of the file"
	case tNewline:
		return "the end of the line"
	case tQuoted:
		return "the string " + strconv.Quote(t.text)
	}
	return strconv.Quote(t.text)
}

func (p *parser) unexpected(want string) {
	refuse(p.tok.at, "", "%s stands where %s is expected", describe(p.tok), want)
}

func (p *parser) newlines() {
	for p.tok.kind == tNewline {
		p.next()
	}
}

// separator takes the end of a statement.
func (p *parser) separator() {
	if p.tok.kind == tNewline || p.is(";") {
		p.next()
		return
	}
	hint := ""
	if p.is("}") {
		hint = `end the statement before the brace with ";" or a new line`
	}
	if p.tok.kind != tEnd || len(p.scopes) > 1 {
		refuse(p.tok.at, hint, "%s stands where the statement should have ended", describe(p.tok))
	}
}

func (p *parser) atSeparator() bool { return p.tok.kind == tNewline || p.tok.kind == tEnd || p.is(";") }

// identifier is the name of something.
func (p *parser) identifier(of string) string {
	if p.tok.kind == tWord && reserved[p.tok.text] {
		refuse(p.tok.at, "take another name", "%q is a keyword and cannot name %s", p.tok.text, of)
	}
	if p.tok.kind != tWord {
		p.unexpected("the name of " + of)
	}
	text := p.tok.text
	p.next()
	return text
}

// number is an unsigned number.
func (p *parser) number() uint64 {
	t := p.tok
	if p.is("$") {
		e := p.variable()
		t = token{kind: tNumber, text: e.text, at: e.at}
	} else {
		if t.kind != tNumber {
			p.unexpected("a number")
		}
		p.next()
	}
	n, err := strconv.ParseUint(t.text, 0, 64)
	if err != nil {
		refuse(t.at, "", "%s is not a number that nft can read", describe(t))
	}
	return n
}

// str is a string, quoted or not.
func (p *parser) str(of string) string {
	if p.is("$") {
		e := p.variable()
		if e.kind != kSymbol {
			refuse(e.at, "", "the variable is not %s", of)
		}
		return e.text
	}
	if p.tok.kind != tWord && p.tok.kind != tQuoted {
		p.unexpected(of)
	}
	text := p.tok.text
	p.next()
	return text
}

// to is the span from a place to the end of the token taken last.
func (p *parser) to(at fact.Span) fact.Span {
	if p.last.File == at.File {
		at.EndLine, at.EndColumn = p.last.EndLine, p.last.EndColumn
	}
	return at
}

func (p *parser) deeper() func() {
	p.depth++
	if p.depth > maxNesting {
		refuse(p.tok.at, "", "this is nested deeper than %d levels", maxNesting)
	}
	return func() { p.depth-- }
}
