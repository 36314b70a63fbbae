package vm

import (
	"encoding/json"
	"iter"
	"strconv"
	"sync"
	"unicode/utf8"
)

// IsObject tells whether a value is an object.
func IsObject(v Value) bool { return rank(v) == rankObject }

// Size is the number of elements of an array, a set or an object.
func Size(v Value) (n int, ok bool) {
	s, ok := size(v)
	if ok {
		n = int(s.(Int))
	}
	return n, ok
}

// Elems are the elements of an array or a set.
func Elems(v Value) ([]Value, bool) {
	switch v := v.(type) {
	case *Set:
		return v.Elems(), true
	case *Array:
		for i := range v.Len() {
			v.At(i)
		}
		return v.elems, true
	}
	return nil, false
}

// Lookup is the element of a value at a key, or nil.
func Lookup(v, key Value) Value { return lookup(v, key) }

// Pairs yields the pairs of an object in the order of their keys, and of any other value nothing.
func Pairs(v Value) iter.Seq2[Value, Value] {
	return func(yield func(key, value Value) bool) {
		if m, ok := v.(mapping); ok {
			for i := range m.Len() {
				if key, value := m.pair(i); !yield(key, value) {
					return
				}
			}
		}
	}
}

// AppendJSON appends a value as JSON: keys sorted, sets as arrays, strings as encoding/json writes them.
func AppendJSON(b []byte, v Value) []byte {
	switch v := v.(type) {
	case bool:
		return strconv.AppendBool(b, v)
	case Int:
		return strconv.AppendInt(b, int64(v), 10)
	case Number:
		return append(b, v...)
	case string:
		return appendString(b, v)
	case *Array:
		b = append(b, '[')
		for i := range v.Len() {
			b = AppendJSON(comma(b, i), v.At(i))
		}
		return append(b, ']')
	case *Set:
		b = append(b, '[')
		for i, e := range v.Elems() {
			b = AppendJSON(comma(b, i), e)
		}
		return append(b, ']')
	case mapping:
		b = append(b, '{')
		for i := range v.Len() {
			key, value := v.pair(i)
			name, ok := key.(string)
			if !ok {
				name = string(AppendJSON(nil, key))
			}
			b = AppendJSON(append(appendString(comma(b, i), name), ':'), value)
		}
		return append(b, '}')
	}
	return append(b, "null"...)
}

func comma(b []byte, i int) []byte {
	if i > 0 {
		return append(b, ',')
	}
	return b
}

func appendString(b []byte, s string) []byte {
	for i := range len(s) {
		if c := s[i]; c < ' ' || c >= utf8.RuneSelf || c == '"' || c == '\\' || c == '<' || c == '>' || c == '&' || c == 0x7f {
			text, _ := json.Marshal(s) // never fails: a string
			return append(b, text...)
		}
	}
	return append(append(append(b, '"'), s...), '"')
}

// Lazy is an object that is made when it is first asked for anything. Goroutines may share it.
func Lazy(object func() Value) Value {
	return &lazy{object: sync.OnceValue(func() mapping {
		if m, ok := Freeze(object()).(mapping); ok {
			return m
		}
		return &Object{}
	})}
}

type lazy struct{ object func() mapping }

func (l *lazy) Len() int                      { return l.object().Len() }
func (l *lazy) Get(key Value) Value           { return l.object().Get(key) }
func (l *lazy) pair(i int) (key, value Value) { return l.object().pair(i) }
