package vm

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
)

// ParseJSON reads JSON values, one of each text. Strings share the memory of the texts, and equal ones are one;
// numbers stay as they are written, and of a repeated key the last counts. It is for texts of our own: what
// AppendJSON and encoding/json write is read in full, and of what is no JSON not everything is refused.
func ParseJSON(texts ...string) ([]Value, error) {
	values := make([]Value, len(texts))
	p := &parser{strings: map[string]Value{}, alike: map[int][]*Object{}}
	for i, text := range texts {
		p.text, p.at = text, 0
		values[i] = p.value(0)
		p.space()
		if p.bad || p.at != len(p.text) {
			return nil, errJSON
		}
	}
	return values, nil
}

var errJSON = errors.New("no JSON value")

// deepest bounds the nesting of collections.
const deepest = 10000

// noItems is every list without elements. What was read is never changed.
var noItems = &Array{}

type parser struct {
	text    string
	at      int
	bad     bool
	strings map[string]Value // as values, each made once
	// keys and values are the pairs of the objects that are being read; alike are the keys of those that were.
	keys, values []Value
	alike        map[int][]*Object
}

func (p *parser) space() {
	for p.at < len(p.text) {
		switch p.text[p.at] {
		case ' ', '\t', '\n', '\r':
			p.at++
		default:
			return
		}
	}
}

// peek is the next byte that is no space; 0 at the end.
func (p *parser) peek() byte {
	p.space()
	if p.at == len(p.text) {
		return 0
	}
	return p.text[p.at]
}

// skip takes a byte if it is the next.
func (p *parser) skip(c byte) bool {
	if p.peek() != c {
		return false
	}
	p.at++
	return true
}

func (p *parser) fail() Value {
	p.bad, p.at = true, len(p.text)
	return Null{}
}

func (p *parser) value(depth int) Value {
	if depth > deepest {
		return p.fail()
	}
	switch c := p.peek(); c {
	case '"':
		return p.str()
	case '{':
		return p.object(depth)
	case '[':
		return p.array(depth)
	case 't':
		return p.word("true", true)
	case 'f':
		return p.word("false", false)
	case 'n':
		return p.word("null", Null{})
	}
	start := p.at
	for p.at < len(p.text) && strings.IndexByte("+-.0123456789Ee", p.text[p.at]) >= 0 {
		p.at++
	}
	if p.at == start {
		return p.fail()
	}
	return ParseNumber(p.text[start:p.at])
}

func (p *parser) word(word string, v Value) Value {
	if !strings.HasPrefix(p.text[p.at:], word) {
		return p.fail()
	}
	p.at += len(word)
	return v
}

func (p *parser) str() Value {
	start := p.at + 1
	for i := start; i < len(p.text); i++ {
		switch p.text[i] {
		case '"':
			p.at = i + 1
			return p.shared(p.text[start:i])
		case '\\':
			return p.escaped(start - 1)
		}
	}
	return p.fail()
}

func (p *parser) shared(s string) Value {
	v := p.strings[s]
	if v == nil {
		v = s
		p.strings[s] = v
	}
	return v
}

// escaped reads a string with a backslash in it, which begins at its quote.
func (p *parser) escaped(start int) Value {
	for i := start + 1; i < len(p.text); i++ {
		switch p.text[i] {
		case '\\':
			i++
		case '"':
			var s string
			p.at = i + 1
			if json.Unmarshal([]byte(p.text[start:p.at]), &s) != nil {
				return p.fail()
			}
			return s
		}
	}
	return p.fail()
}

func (p *parser) array(depth int) Value {
	p.at++
	if p.skip(']') {
		return noItems
	}
	a := &Array{}
	for !p.bad {
		a.elems = append(a.elems, p.value(depth+1))
		if p.skip(']') {
			return a
		}
		if !p.skip(',') {
			return p.fail()
		}
	}
	return a
}

func (p *parser) object(depth int) Value {
	p.at++
	if p.skip('}') {
		return &Object{}
	}
	base := len(p.keys)
	for !p.bad {
		if p.peek() != '"' {
			return p.fail()
		}
		key := p.str()
		if !p.skip(':') {
			return p.fail()
		}
		value := p.value(depth + 1)
		p.keys, p.values = append(p.keys, key), append(p.values, value)
		if p.skip('}') {
			o := p.made(p.keys[base:], p.values[base:])
			clear(p.values[base:])
			p.keys, p.values = p.keys[:base], p.values[:base]
			return o
		}
		if !p.skip(',') {
			return p.fail()
		}
	}
	return Null{}
}

// mostAlike bounds the objects of one size whose keys are compared.
const mostAlike = 16

// made is the object of the pairs that were read. Documents of a kind have the same keys, which they share, and their
// index with them: that is half of their memory.
func (p *parser) made(keys, values []Value) *Object {
	for _, like := range p.alike[len(keys)] {
		if slices.Equal(like.keys, keys) {
			return &Object{keys: like.keys, index: like.index, values: slices.Clone(values)}
		}
	}
	o := &Object{}
	for i, key := range keys {
		o.Put(key, values[i])
	}
	if slices.Equal(o.keys, keys) && len(p.alike[len(keys)]) < mostAlike { // neither repeated nor sorted since
		p.alike[len(keys)] = append(p.alike[len(keys)], &Object{keys: slices.Clip(o.keys), index: o.index})
	}
	return o
}
