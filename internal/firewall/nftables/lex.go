package nftables

import (
	"net/netip"
	"strings"
	"unicode/utf8"

	"sallyport/internal/fact"
)

type tokenKind uint8

const (
	tEnd     tokenKind = iota
	tNewline           // a line's end, where the grammar has it end a statement
	tNumber            // 22, 0x16
	tWord              // names, keywords, addresses, times: whatever nft's scanner takes for a string
	tQuoted            // "..."
	tPunct             // operators and brackets
)

// A token is a word of a script. Text is without quotes.
type token struct {
	kind tokenKind
	text string
	at   fact.Span
	off  int // of its first byte
}

// A scanner makes tokens of a file by the rules of nft's scanner.l: the longest match counts, so that "22:ac" is a
// link-layer address where "22 : ac" is a port and something else.
type scanner struct {
	file      string // "" for the file that was asked for
	path      string // in the tree
	text      string
	off       int
	line, col int
	// returns is the first carriage return outside of comments.
	returns fact.Span
	// fixed is the place of all tokens, where the text stands inside something else.
	fixed *fact.Span
}

func newScanner(file, path, text string) *scanner {
	return &scanner{file: file, path: path, text: text, line: 1, col: 1}
}

// next makes the next token.
func (s *scanner) next() token {
	s.blanks()
	t := token{off: s.off, at: fact.Span{File: s.file, Line: s.line, Column: s.col}}
	if s.off >= len(s.text) {
		t.kind = tEnd
		t.at.EndLine, t.at.EndColumn = s.line, s.col
		return t
	}
	n := 0
	t.kind, n = s.match()
	t.text = s.text[s.off : s.off+n]
	s.skip(n)
	if t.kind == tQuoted {
		t.text = strings.Trim(t.text, `"`)
	}
	t.at.EndLine, t.at.EndColumn = s.line, s.col
	if t.kind == tNewline {
		t.at.EndLine, t.at.EndColumn = t.at.Line, t.at.Column+1
	}
	if s.fixed != nil {
		t.at = *s.fixed
	}
	return t
}

// blanks goes over spaces, comments and continued lines.
func (s *scanner) blanks() {
	for s.off < len(s.text) {
		rest := s.text[s.off:]
		switch {
		case rest[0] == ' ' || rest[0] == '\t':
			n := while(rest, func(c byte) bool { return c == ' ' || c == '\t' })
			s.off, s.col = s.off+n, s.col+n
		case rest[0] != '\r' && rest[0] != '\\' && rest[0] != '#':
			return
		case rest[0] == '\r':
			if s.returns.Line == 0 {
				s.returns = fact.Span{File: s.file, Line: s.line, Column: s.col}
			}
			s.skip(1)
		case strings.HasPrefix(rest, "\\\n"):
			s.skip(2)
		case strings.HasPrefix(rest, "\\\r\n"):
			s.skip(3)
		case s.extension() > 0:
			return
		case rest[0] == '#':
			n := strings.IndexByte(rest, '\n')
			if n < 0 {
				n = len(rest)
			}
			s.skip(n)
		default:
			return
		}
	}
}

// extension is the length of "# xt_NAME" here: so nft before 1.0 prints a match or target of iptables that it cannot say, in
// the middle of a rule that goes on behind it. At the beginning of a line it counts where nft would have put a rule.
func (s *scanner) extension() int {
	rest := s.text[s.off:]
	if !strings.HasPrefix(rest, "# xt_") {
		return 0
	}
	line := s.text[strings.LastIndexByte(s.text[:s.off], '\n')+1 : s.off]
	if strings.TrimSpace(line) == "" && line != "\t\t" {
		return 0
	}
	return len("# xt_") + while(rest[len("# xt_"):], func(c byte) bool { return isLetter(c) || isDigit(c) || c == '_' })
}

// skip goes over n bytes, counting lines and code points.
func (s *scanner) skip(n int) {
	for end := s.off + n; s.off < end; {
		c := s.text[s.off]
		size := 1
		switch {
		case c == '\n':
			s.line, s.col = s.line+1, 0
		case c >= utf8.RuneSelf:
			_, size = utf8.DecodeRuneInString(s.text[s.off:])
		}
		s.off, s.col = s.off+size, s.col+1
	}
}

// match is the kind and the length of the longest token here.
func (s *scanner) match() (tokenKind, int) {
	rest := s.text[s.off:]
	if rest[0] == '\n' {
		return tNewline, 1
	}
	if kind, n := simple(rest); n > 0 {
		return kind, n
	}
	if n := s.extension(); n > 0 {
		return tWord, n
	}
	if rest[0] == '"' {
		if n := strings.IndexByte(rest[1:], '"'); n >= 0 {
			return tQuoted, n + 2
		}
		return tPunct, 1
	}
	kind, n := tPunct, punct(rest)
	for _, m := range [...]func(string) int{address6, address4, mac, span} {
		if l := m(rest); l > n {
			kind, n = tWord, l
		}
	}
	if l := number(rest); l > 0 && l >= n {
		kind, n = tNumber, l
	}
	if l := word(rest); l > n || l == n && n > 0 && rest[0] != '.' {
		kind, n = tWord, l
	}
	return kind, n
}

// simple is a number, an IPv4 address or a word, where nothing longer can begin so; the length is 0 where that cannot be told at once.
func simple(s string) (tokenKind, int) {
	n := while(s, isDigit)
	var after byte // what follows the digits, or the letters that may be hexadecimal digits
	if n == 0 {
		n = while(s, isHex)
	}
	if n < len(s) {
		after = s[n]
	}
	switch first := s[0]; {
	case isDigit(first) && after == '.':
		if l := address4(s); l > 0 {
			return tWord, l
		}
		return tNumber, n
	case isDigit(first) && after != ':' && !isLetter(after):
		return tNumber, n
	case isLetter(first) && after != ':':
		return tWord, word(s)
	}
	return tEnd, 0
}

var operators = [...]string{"==", "!=", "<=", ">=", "<<", ">>"}

func punct(s string) int {
	for _, op := range operators {
		if strings.HasPrefix(s, op) {
			return 2
		}
	}
	_, size := utf8.DecodeRuneInString(s)
	return size
}

func isDigit(c byte) bool  { return c >= '0' && c <= '9' }
func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }
func isHex(c byte) bool    { return isDigit(c) || c|0x20 >= 'a' && c|0x20 <= 'f' }

func while(s string, in func(byte) bool) int {
	n := 0
	for n < len(s) && in(s[n]) {
		n++
	}
	return n
}

func number(s string) int {
	if strings.HasPrefix(s, "0x") || strings.HasPrefix(s, "0X") {
		if n := while(s[2:], isHex); n > 0 {
			return n + 2
		}
	}
	return while(s, isDigit)
}

// word is a name; it may end with an asterisk, the wildcard of interface names.
func word(s string) int {
	if c := s[0]; !isLetter(c) && c != '_' && c != '.' && !(c == '\\' && strings.HasPrefix(s, `\*`)) {
		return 0
	}
	n := 0
	for n < len(s) {
		c := s[n]
		if strings.HasPrefix(s[n:], `\*`) {
			n += 2
			continue
		}
		if !isLetter(c) && !isDigit(c) && c != '/' && c != '-' && c != '_' && c != '.' {
			break
		}
		n++
	}
	if n < len(s) && s[n] == '*' {
		n++
	}
	return n
}

// span is a time such as 1d2h30m.
func span(s string) int {
	n := 0
	for _, unit := range [...]string{"d", "h", "m", "s", "ms"} {
		digits := while(s[n:], isDigit)
		if digits > 0 && strings.HasPrefix(s[n+digits:], unit) && !(unit == "m" && strings.HasPrefix(s[n+digits:], "ms")) {
			n += digits + len(unit)
		}
	}
	return n
}

func address4(s string) int {
	n := 0
	for i := range 4 {
		digits := min(while(s[n:], isDigit), 3)
		if digits == 0 {
			return 0
		}
		n += digits
		if i < 3 {
			if n >= len(s) || s[n] != '.' {
				return 0
			}
			n++
		}
	}
	return n
}

// address6 is the longest beginning that is an IPv6 address.
func address6(s string) int {
	n := while(s[:min(len(s), 46)], func(c byte) bool { return isHex(c) || c == ':' })
	if strings.Count(s[:n], ":") < 2 {
		return 0
	}
	if n < len(s) && s[n] == '.' {
		tail := strings.LastIndexByte(s[:n], ':') + 1
		if l := address4(s[tail:]); l > 0 {
			if _, err := netip.ParseAddr(s[:tail+l]); err == nil {
				return tail + l
			}
		}
	}
	for ; n >= 2; n-- {
		if _, err := netip.ParseAddr(s[:n]); err == nil {
			return n
		}
	}
	return 0
}

// mac is two to six groups of hexadecimal digits.
func mac(s string) int {
	n, groups := 0, 0
	for groups < 6 {
		digits := min(while(s[n:], isHex), 2)
		if digits == 0 {
			break
		}
		groups++
		n += digits
		if groups == 6 || n+1 >= len(s) || s[n] != ':' || !isHex(s[n+1]) {
			break
		}
		n++
	}
	if groups < 2 {
		return 0
	}
	return n
}
