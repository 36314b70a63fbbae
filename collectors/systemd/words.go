package systemd

import (
	"errors"
	"strconv"
	"strings"
	"unicode/utf8"
)

// A word is one word of a value, and where it stands in it, quotes included.
type word struct {
	text     string
	from, to int
}

var (
	errQuote  = errors.New("the quotes are not balanced")
	errEscape = errors.New("an unknown escape sequence")
)

// An escaping says what a backslash means in a value.
type escaping int

const (
	// strict C escapes, as in Environment=: an unknown one ends the reading of the line.
	strict escaping = iota
	// lenient C escapes, as in ExecStart=: an unknown one is kept as it is.
	lenient
	// retained backslashes mean themselves, as in lists of paths.
	retained
)

// next extracts the word of a value at or after i: blanks separate, quotes of both kinds group, also in
// the middle of a word. ok is false at the end of the value.
func next(value string, i int, mode escaping) (w word, ok bool, err error) {
	for i < len(value) && blank(value[i]) {
		i++
	}
	if i == len(value) {
		return word{}, false, nil
	}
	w.from = i
	var b strings.Builder
	quote := byte(0)
	for i < len(value) {
		switch c := value[i]; {
		case c == '\\' && mode != retained:
			text, n := unescape(value[i:])
			if n == 0 && mode == strict {
				return w, false, errEscape
			}
			if n == 0 {
				text, n = value[i:i+1], 1
			}
			b.WriteString(text)
			i += n
			continue
		case quote != 0 && c == quote:
			quote = 0
		case quote == 0 && (c == '"' || c == '\''):
			quote = c
		case quote == 0 && blank(c):
			w.text, w.to = b.String(), i
			return w, true, nil
		default:
			b.WriteByte(c)
		}
		i++
	}
	if quote != 0 {
		return w, false, errQuote
	}
	w.text, w.to = b.String(), i
	return w, true, nil
}

func blank(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' }

// words are all words of a value; err says what ended the reading early.
func words(value string, mode escaping) (list []word, err error) {
	for i := 0; ; {
		w, ok, err := next(value, i, mode)
		if err != nil || !ok {
			return list, err
		}
		list = append(list, w)
		i = w.to
	}
}

var simpleEscapes = map[byte]string{
	'a': "\a", 'b': "\b", 'f': "\f", 'n': "\n", 'r': "\r", 't': "\t", 'v': "\v", '\\': `\`, '"': `"`,
	'\'': "'", 's': " ",
}

// unescape reads the C escape at the start of s; n is 0 where it is none.
func unescape(s string) (text string, n int) {
	if len(s) < 2 {
		return "", 0
	}
	if text, ok := simpleEscapes[s[1]]; ok {
		return text, 2
	}
	digits, base, start := 0, 16, 2
	switch c := s[1]; {
	case c == 'x':
		digits = 2
	case c == 'u':
		digits = 4
	case c == 'U':
		digits = 8
	case c >= '0' && c <= '7':
		digits, base, start = 3, 8, 1
	}
	if digits == 0 || len(s) < start+digits {
		return "", 0
	}
	code, err := strconv.ParseUint(s[start:start+digits], base, 32)
	if err != nil || code == 0 || base == 8 && code > 255 {
		return "", 0
	}
	if base == 8 || s[1] == 'x' {
		return string([]byte{byte(code)}), start + digits
	}
	if !utf8.ValidRune(rune(code)) {
		return "", 0
	}
	return string(rune(code)), start + digits
}

// boolean reads a boolean as systemd does, in any case.
func boolean(s string) (value, ok bool) {
	switch strings.ToLower(s) {
	case "1", "yes", "y", "true", "t", "on":
		return true, true
	case "0", "no", "n", "false", "f", "off":
		return false, true
	}
	return false, false
}
