package syntax

import (
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"sallyport/internal/fact"
)

// JSON parses one JSON text (RFC 8259). A key that appears twice in one object, text after the value and
// nesting beyond MaxDepth are errors: parsers disagree about the first, and the others hide content.
func JSON(name string, data []byte) (Tree, error) {
	if err := json.Unmarshal(data, new(json.RawMessage)); err != nil {
		return Tree{}, jsonSyntax(name, data, err)
	}
	p := jsonParser{text: string(data)}
	p.space()
	value, err := p.value(0)
	if err != nil {
		line, column := newIndex(p.text).place(err.offset)
		return Tree{}, &fact.Error{File: name, Line: line, Column: column, Msg: err.msg, Hint: err.hint}
	}
	return Tree{Value: value, Spans: jsonLocator(p.text)}, nil
}

// jsonSyntax words the first syntax error for people.
func jsonSyntax(name string, data []byte, err error) error {
	e := &fact.Error{File: name, Msg: err.Error(), Hint: "correct the JSON"}
	var syn *json.SyntaxError
	if !errors.As(err, &syn) {
		return e
	}
	offset := int(syn.Offset)
	switch msg := syn.Error(); {
	case msg == "unexpected end of JSON input":
		e.Msg, e.Hint = "the JSON text ends early", "write the file again: it is truncated"
	case strings.Contains(msg, "max depth"):
		deep := tooDeep(offset)
		e.Msg, e.Hint = deep.msg, deep.hint
	case strings.HasSuffix(msg, "after top-level value"):
		offset--
		e.Msg, e.Hint = "text after the end of the JSON value", "keep one JSON value in the file"
	default:
		offset--
	}
	e.Line, e.Column = newIndex(string(data)).place(offset)
	return e
}

// A jsonMistake is what makes a well-formed text unacceptable.
type jsonMistake struct {
	offset    int
	msg, hint string
}

func tooDeep(offset int) *jsonMistake {
	return &jsonMistake{offset, fmt.Sprintf("nested deeper than %d levels", MaxDepth), "flatten the structure"}
}

// A jsonParser reads a text that encoding/json has found well-formed, so it never looks for mistakes
// of syntax and never runs past the end.
type jsonParser struct {
	text string
	pos  int
}

func (p *jsonParser) space() {
	for p.pos < len(p.text) {
		switch p.text[p.pos] {
		case ' ', '\t', '\r', '\n':
			p.pos++
		default:
			return
		}
	}
}

// skip steps over white space, one byte, and white space again.
func (p *jsonParser) skip() {
	p.space()
	p.pos++
	p.space()
}

func (p *jsonParser) value(depth int) (any, *jsonMistake) {
	switch p.text[p.pos] {
	case '{', '[':
		if depth == MaxDepth {
			return nil, tooDeep(p.pos)
		}
		if p.text[p.pos] == '{' {
			return p.object(depth + 1)
		}
		return p.array(depth + 1)
	case '"':
		return p.str(), nil
	case 't':
		p.pos += len("true")
		return true, nil
	case 'f':
		p.pos += len("false")
		return false, nil
	case 'n':
		p.pos += len("null")
		return nil, nil
	}
	return p.number()
}

func (p *jsonParser) object(depth int) (any, *jsonMistake) {
	m := make(map[string]any)
	for p.skip(); p.text[p.pos] != '}'; {
		start := p.pos
		key := p.str()
		if _, twice := m[key]; twice {
			return nil, &jsonMistake{
				start, fmt.Sprintf("the key %q appears twice in one object", key),
				"keep one of the two: readers disagree about which one counts",
			}
		}
		p.skip()
		value, err := p.value(depth)
		if err != nil {
			return nil, err
		}
		m[key] = value
		p.comma()
	}
	p.pos++
	return m, nil
}

func (p *jsonParser) array(depth int) (any, *jsonMistake) {
	list := []any{}
	for p.skip(); p.text[p.pos] != ']'; {
		value, err := p.value(depth)
		if err != nil {
			return nil, err
		}
		list = append(list, value)
		p.comma()
	}
	p.pos++
	return list, nil
}

// comma steps over a separator, if there is one, and the white space around it.
func (p *jsonParser) comma() {
	p.space()
	if p.text[p.pos] == ',' {
		p.skip()
	}
}

// quoted steps over a string and tells where its contents are and whether it has escapes.
func (p *jsonParser) quoted() (contents string, escaped bool) {
	start := p.pos + 1
	for p.pos = start; ; p.pos++ {
		switch p.text[p.pos] {
		case '"':
			p.pos++
			return p.text[start : p.pos-1], escaped
		case '\\':
			escaped = true
			p.pos++
		}
	}
}

func (p *jsonParser) str() string {
	start := p.pos
	contents, escaped := p.quoted()
	if escaped || !utf8.ValidString(contents) {
		var s string
		_ = json.Unmarshal([]byte(p.text[start:p.pos]), &s) // well-formed, as all of the text
		return s
	}
	return contents
}

// number keeps integers exact as long as they fit.
func (p *jsonParser) number() (any, *jsonMistake) {
	start := p.pos
	for p.pos < len(p.text) && strings.IndexByte("+-.0123456789eE", p.text[p.pos]) >= 0 {
		p.pos++
	}
	text := p.text[start:p.pos]
	if !strings.ContainsAny(text, ".eE") {
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
