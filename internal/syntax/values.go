package syntax

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"sallyport/internal/fact"
)

// Values reads one JSON text in a single pass and without places: for texts that a program wrote and sends by the
// thousand. It is as strict as JSON, and nesting beyond depth is an error as well.
func Values(name string, data []byte, depth int) (any, error) {
	p := valueParser{text: string(data), depth: depth}
	if !utf8.Valid(data) {
		return nil, &fact.Error{File: name, Msg: "the text is not valid UTF-8", Hint: "send JSON"}
	}
	v, err := p.whole()
	if err == nil {
		return v, nil
	}
	e := &fact.Error{File: name, Msg: err.msg, Hint: err.hint}
	e.Line, e.Column = newIndex(p.text).place(min(err.offset, len(p.text)))
	return nil, e
}

// A valueParser reads a text that may be anything.
type valueParser struct {
	text  string
	pos   int
	depth int // that is left
}

func (p *valueParser) wrong(offset int, format string, args ...any) *jsonMistake {
	return &jsonMistake{offset, fmt.Sprintf(format, args...), "correct the JSON"}
}

// unexpected is about the byte at the position.
func (p *valueParser) unexpected(want string) *jsonMistake {
	if p.pos >= len(p.text) {
		return &jsonMistake{len(p.text), "the JSON text ends early", "send all of it"}
	}
	r, _ := utf8.DecodeRuneInString(p.text[p.pos:])
	return p.wrong(p.pos, "%q where %s should be", r, want)
}

func (p *valueParser) whole() (any, *jsonMistake) {
	p.space()
	v, err := p.value()
	if err != nil {
		return nil, err
	}
	if p.space(); p.pos < len(p.text) {
		return nil, &jsonMistake{p.pos, "text after the end of the JSON value", "send one JSON value"}
	}
	return v, nil
}

func (p *valueParser) space() {
	for p.pos < len(p.text) {
		switch p.text[p.pos] {
		case ' ', '\t', '\r', '\n':
			p.pos++
		default:
			return
		}
	}
}

// take steps over a byte if it comes next, and over white space after it.
func (p *valueParser) take(c byte) bool {
	if p.pos >= len(p.text) || p.text[p.pos] != c {
		return false
	}
	p.pos++
	p.space()
	return true
}

func (p *valueParser) value() (any, *jsonMistake) {
	if p.pos >= len(p.text) {
		return nil, p.unexpected("a value")
	}
	switch c := p.text[p.pos]; {
	case c == '"':
		return p.str()
	case c == '{' || c == '[':
		if p.depth == 0 {
			return nil, &jsonMistake{p.pos, "the JSON text is nested too deep", "flatten the structure"}
		}
		p.depth--
		defer func() { p.depth++ }()
		if c == '{' {
			return p.object()
		}
		return p.array()
	case c == '-' || c >= '0' && c <= '9':
		return p.number()
	case strings.HasPrefix(p.text[p.pos:], "true"):
		p.pos += len("true")
		return true, nil
	case strings.HasPrefix(p.text[p.pos:], "false"):
		p.pos += len("false")
		return false, nil
	case strings.HasPrefix(p.text[p.pos:], "null"):
		p.pos += len("null")
		return nil, nil
	}
	return nil, p.unexpected("a value")
}

func (p *valueParser) object() (any, *jsonMistake) {
	m := map[string]any{}
	p.take('{')
	if p.take('}') {
		return m, nil
	}
	for {
		start := p.pos
		if p.pos >= len(p.text) || p.text[p.pos] != '"' {
			return nil, p.unexpected("a key")
		}
		key, err := p.str()
		if err != nil {
			return nil, err
		}
		if p.space(); !p.take(':') {
			return nil, p.unexpected("a colon")
		}
		v, err := p.value()
		if err != nil {
			return nil, err
		}
		n := len(m)
		if m[key] = v; len(m) == n {
			return nil, &jsonMistake{
				start, fmt.Sprintf("the key %q appears twice in one object", key),
				"keep one of the two: readers disagree about which one counts",
			}
		}
		p.space()
		if p.take('}') {
			return m, nil
		}
		if !p.take(',') {
			return nil, p.unexpected("a comma or the end of the object")
		}
	}
}

func (p *valueParser) array() (any, *jsonMistake) {
	list := []any{}
	p.take('[')
	if p.take(']') {
		return list, nil
	}
	for {
		v, err := p.value()
		if err != nil {
			return nil, err
		}
		list = append(list, v)
		p.space()
		if p.take(']') {
			return list, nil
		}
		if !p.take(',') {
			return nil, p.unexpected("a comma or the end of the list")
		}
	}
}

func (p *valueParser) str() (string, *jsonMistake) {
	start := p.pos
	p.pos++
	escaped := false
	for p.pos < len(p.text) {
		switch c := p.text[p.pos]; {
		case c == '"':
			p.pos++
			if !escaped {
				return p.text[start+1 : p.pos-1], nil
			}
			var s string
			if json.Unmarshal([]byte(p.text[start:p.pos]), &s) != nil {
				return "", p.wrong(start, "a string with an escape that JSON does not have")
			}
			return s, nil
		case c == '\\':
			escaped = true
			p.pos += 2
		case c < ' ':
			return "", p.wrong(p.pos, "the control character %q in a string", c)
		default:
			p.pos++
		}
	}
	p.pos = len(p.text)
	return "", p.unexpected("the end of a string")
}

// number keeps integers exact as long as they fit.
func (p *valueParser) number() (any, *jsonMistake) {
	start := p.pos
	integer := true
	p.bytes('-', '-')
	switch {
	case p.bytes('0', '0'):
	case !p.digits():
		return nil, p.unexpected("a digit")
	}
	if p.bytes('.', '.') {
		integer = false
		if !p.digits() {
			return nil, p.unexpected("a digit")
		}
	}
	if p.bytes('e', 'E') {
		integer = false
		p.bytes('+', '-')
		if !p.digits() {
			return nil, p.unexpected("a digit")
		}
	}
	text := p.text[start:p.pos]
	if integer {
		if n, err := strconv.ParseInt(text, 10, 64); err == nil {
			return n, nil
		}
	}
	f, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return nil, &jsonMistake{start, "a number that no float can hold", "write a smaller number"}
	}
	return f, nil
}

// bytes steps over one byte that is either of the two.
func (p *valueParser) bytes(a, b byte) bool {
	if p.pos < len(p.text) && (p.text[p.pos] == a || p.text[p.pos] == b) {
		p.pos++
		return true
	}
	return false
}

func (p *valueParser) digits() bool {
	start := p.pos
	for p.pos < len(p.text) && p.text[p.pos] >= '0' && p.text[p.pos] <= '9' {
		p.pos++
	}
	return p.pos > start
}
