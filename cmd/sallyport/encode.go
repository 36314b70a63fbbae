package main

import (
	"bytes"
	"encoding"
	"encoding/json"
	"math"
	"reflect"
	"strconv"
	"sync"
	"unicode/utf8"
)

// appendJSON appends a value as JSON, indented by two spaces beyond the first two. The output is that of json.Encoder with
// an indent, which reads each value three times.
func appendJSON(out []byte, v any) ([]byte, error) {
	out = append(out, "  "...)
	if v == nil {
		return append(out, "null"...), nil
	}
	return layoutOf(reflect.TypeOf(v))(out, reflect.ValueOf(v), 1)
}

// A layout appends values of one type, whose lines are indented by a depth.
type layout func(out []byte, v reflect.Value, depth int) ([]byte, error)

// layouts are those of the types that were met.
var layouts sync.Map

func layoutOf(t reflect.Type) layout {
	if known, ok := layouts.Load(t); ok {
		return known.(layout)
	}
	// A type that holds values of its own type asks for its layout while that is made.
	var made layout
	var wait sync.WaitGroup
	wait.Add(1)
	known, seen := layouts.LoadOrStore(t, layout(func(out []byte, v reflect.Value, depth int) ([]byte, error) {
		wait.Wait()
		return made(out, v, depth)
	}))
	if seen {
		return known.(layout)
	}
	made = newLayout(t)
	wait.Done()
	layouts.Store(t, made)
	return made
}

var (
	marshaler     = reflect.TypeFor[json.Marshaler]()
	textMarshaler = reflect.TypeFor[encoding.TextMarshaler]()
)

// newLayout knows the types that facts are made of. Whatever has a way of its own is left to encoding/json.
func newLayout(t reflect.Type) layout {
	for _, way := range []reflect.Type{marshaler, textMarshaler} {
		if t.Implements(way) || reflect.PointerTo(t).Implements(way) {
			return foreign
		}
	}
	switch t.Kind() {
	case reflect.Bool:
		return func(out []byte, v reflect.Value, _ int) ([]byte, error) {
			return strconv.AppendBool(out, v.Bool()), nil
		}
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return func(out []byte, v reflect.Value, _ int) ([]byte, error) {
			return strconv.AppendInt(out, v.Int(), 10), nil
		}
	case reflect.Float64:
		return layOutFloat
	case reflect.String:
		return func(out []byte, v reflect.Value, _ int) ([]byte, error) { return appendText(out, v.String()), nil }
	case reflect.Interface:
		return layOutAny
	case reflect.Struct:
		return newStructLayout(t)
	case reflect.Slice, reflect.Array:
		if t.Elem().Kind() != reflect.Uint8 { // encoding/json writes bytes in base64
			return newListLayout(t)
		}
	case reflect.Map:
		if t == reflect.TypeFor[map[string]int]() {
			return newCountsLayout()
		}
		if t.Key() == reflect.TypeFor[string]() {
			return newMapLayout(t)
		}
	}
	return foreign
}

// newline and blanks are what indents lines.
var newline = append([]byte{'\n'}, bytes.Repeat([]byte("  "), 64)...)

func appendLine(out []byte, depth int) []byte {
	out = append(out, newline[:1+2*min(depth, 64)]...)
	for range depth - 64 {
		out = append(out, "  "...)
	}
	return out
}

func layOutAny(out []byte, v reflect.Value, depth int) ([]byte, error) {
	if v.IsNil() {
		return append(out, "null"...), nil
	}
	return layoutOf(v.Elem().Type())(out, v.Elem(), depth)
}

// layOutFloat writes whole numbers and tenths by themselves: most floats of facts are.
func layOutFloat(out []byte, v reflect.Value, depth int) ([]byte, error) {
	f := v.Float()
	if n := int64(f); float64(n) == f && math.Abs(f) < 1e15 && (n != 0 || !math.Signbit(f)) {
		return strconv.AppendInt(out, n, 10), nil
	}
	if n := int64(f*10 + 0.5); n > 0 && n < 1e9 && float64(n)/10 == f {
		return append(strconv.AppendInt(out, n/10, 10), '.', byte('0'+n%10)), nil
	}
	return foreign(out, v, depth)
}

// plain are the bytes that stand for themselves in a text.
var plain = func() (table [256]bool) {
	for c := range table {
		table[c] = c >= ' ' && c != '"' && c != '\\' && c < 0x80
	}
	return table
}()

func appendText(out []byte, text string) []byte {
	start := len(out)
	out = append(out, '"')
	from, i := 0, 0
	for i < len(text) {
		if len(text)-i >= 8 && plainEight(text[i:i+8]) {
			i += 8
			continue
		}
		c := text[i]
		if plain[c] {
			i++
			continue
		}
		if short := shortEscapes[c]; short != 0 {
			out = append(append(out, text[from:i]...), '\\', short)
			i++
			from = i
			continue
		}
		r, n := utf8.DecodeRuneInString(text[i:])
		if n == 1 || r == '\u2028' || r == '\u2029' {
			out, _ = foreign(out[:start], reflect.ValueOf(text), 0) // a text is always encoded
			return out
		}
		i += n
	}
	return append(append(out, text[from:]...), '"')
}

// shortEscapes are the letters of the escapes that have one.
var shortEscapes = [256]byte{'"': '"', '\\': '\\', '\n': 'n', '\r': 'r', '\t': 't'}

// plainEight tells whether eight bytes all stand for themselves. They are looked at together: a byte of the sum has its high
// bit set where one does not.
func plainEight(text string) bool {
	_ = text[7]
	const ones, highs = 0x0101010101010101, 0x8080808080808080
	v := uint64(text[0]) | uint64(text[1])<<8 | uint64(text[2])<<16 | uint64(text[3])<<24 |
		uint64(text[4])<<32 | uint64(text[5])<<40 | uint64(text[6])<<48 | uint64(text[7])<<56
	quote, backslash := v^ones*'"', v^ones*'\\'
	return ((v-ones*' ')|(quote-ones)|(backslash-ones)|v)&highs == 0
}

// foreign has encoding/json write a value, and lays that out.
func foreign(out []byte, v reflect.Value, depth int) ([]byte, error) {
	var compact bytes.Buffer
	std := json.NewEncoder(&compact)
	std.SetEscapeHTML(false)
	if v.CanAddr() {
		v = v.Addr() // for those that have the way of a pointer
	}
	if err := std.Encode(v.Interface()); err != nil {
		return out, err
	}
	return layOut(out, bytes.TrimRight(compact.Bytes(), "\n"), depth), nil
}

// layOut appends valid, compact JSON line by line.
func layOut(out, text []byte, depth int) []byte {
	from := 0
	for i := 0; i < len(text); i++ {
		switch c := text[i]; c {
		case '"':
			for i++; text[i] != '"'; i++ {
				if text[i] == '\\' {
					i++
				}
			}
		case '{', '[':
			if text[i+1] == c+2 { // the brackets stand two apart in ASCII
				i++
				continue
			}
			depth++
			out = appendLine(append(out, text[from:i+1]...), depth)
			from = i + 1
		case '}', ']':
			depth--
			out = appendLine(append(out, text[from:i]...), depth)
			from = i
		case ',':
			out = appendLine(append(out, text[from:i+1]...), depth)
			from = i + 1
		case ':':
			out = append(append(out, text[from:i+1]...), ' ')
			from = i + 1
		}
	}
	return append(out, text[from:]...)
}
