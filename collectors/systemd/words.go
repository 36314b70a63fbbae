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

// An escaping says what quotes and backslashes mean in a value: the flags of extract_first_word of systemd.
type escaping int

const (
	// quotes group what stands between them.
	quotes escaping = 1 << iota
	// escapes are those of C; without it a backslash stands for the character behind it.
	escapes
	// unknownStay keeps escapes that C does not know.
	unknownStay
	// keepBackslash has backslashes mean themselves.
	keepBackslash

	// strict is Environment=: an unknown escape ends the reading of the line.
	strict = quotes | escapes
	// lenient is ExecStart=.
	lenient = quotes | escapes | unknownStay
	// retained is lists of paths.
	retained = quotes | keepBackslash
	// plain is lists of names: capabilities, families, architectures.
	plain = quotes
	// bare is lists in which quotes are characters: groups, system calls, namespaces, addresses.
	bare = escaping(0)
)

// next extracts the word of a value at or after i. ok is false at the end of the value.
func next(value string, i int, mode escaping) (w word, ok bool, err error) {
	for i < len(value) && blank(value[i]) {
		i++
	}
	if i == len(value) {
		return word{}, false, nil
	}
	w.from = i
	if end := simple(value, i); end > 0 {
		return word{value[i:end], i, end}, true, nil
	}
	var b strings.Builder
	quote := byte(0)
	for i < len(value) {
		switch c := value[i]; {
		case c == '\\' && mode&keepBackslash == 0:
			text, n, err := escaped(value[i:], mode, quote != 0)
			if err != nil {
				return w, false, err
			}
			b.WriteString(text)
			i += n
			continue
		case quote != 0 && c == quote:
			quote = 0
		case quote == 0 && mode&quotes != 0 && (c == '"' || c == '\''):
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

// simple is where a word without quotes and backslashes ends; 0 for others.
func simple(value string, i int) int {
	for ; i < len(value); i++ {
		switch value[i] {
		case ' ', '\t', '\n', '\r':
			return i
		case '\\', '"', '\'':
			return 0
		}
	}
	return i
}

// escaped is what the backslash at the start of s stands for, and how much of s that takes.
func escaped(s string, mode escaping, quoted bool) (text string, n int, err error) {
	switch {
	case len(s) == 1 && mode&unknownStay != 0 && !quoted:
		return s, 1, nil
	case len(s) == 1:
		return "", 0, errEscape
	case mode&escapes == 0:
		return s[1:2], 2, nil
	}
	if text, n := unescape(s); n > 0 {
		return text, n, nil
	}
	if mode&unknownStay == 0 {
		return "", 0, errEscape
	}
	return s[:2], 2, nil
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

// field is the text up to the first colon, in which a backslash stands for the character behind it, and the rest.
func field(value string) (text, rest string, ok bool) {
	var b strings.Builder
	for i := 0; i < len(value); i++ {
		switch {
		case value[i] == ':':
			return b.String(), value[i+1:], true
		case value[i] != '\\':
			b.WriteByte(value[i])
		case i+1 == len(value):
			return "", "", false
		default:
			i++
			b.WriteByte(value[i])
		}
	}
	return b.String(), "", true
}

// unescapes tells whether all backslashes of a text begin escapes of C, those for NUL too.
func unescapes(text string) bool {
	for i := 0; i < len(text); i++ {
		if text[i] != '\\' {
			continue
		}
		_, n := unescape(text[i:])
		switch {
		case n > 0:
			i += n - 1
		case strings.HasPrefix(text[i:], `\x00`) || strings.HasPrefix(text[i:], `\000`):
			i += 3
		default:
			return false
		}
	}
	return true
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
	if len(s) > len("false") {
		return false, false
	}
	switch strings.ToLower(s) {
	case "1", "yes", "y", "true", "t", "on":
		return true, true
	case "0", "no", "n", "false", "f", "off":
		return false, true
	}
	return false, false
}
