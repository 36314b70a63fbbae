package main

import (
	"bytes"
	"encoding/json"
)

// An encoder writes values as indented JSON, one after the other into the same memory. Its output is that of
// json.Encoder with an indent, which reads each value three times.
type encoder struct {
	compact  bytes.Buffer
	indented []byte
	json     *json.Encoder
}

// encode returns a value as JSON, indented by two spaces beyond the first two; the next call overwrites it.
func (e *encoder) encode(v any) ([]byte, error) {
	if e.json == nil {
		e.json = json.NewEncoder(&e.compact)
		e.json.SetEscapeHTML(false)
	}
	e.compact.Reset()
	if err := e.json.Encode(v); err != nil {
		return nil, err
	}
	e.indented = layOut(e.indented[:0], bytes.TrimRight(e.compact.Bytes(), "\n"))
	return e.indented, nil
}

// newline and blanks are what indents lines.
var newline = append([]byte{'\n'}, bytes.Repeat([]byte("  "), 64)...)

// layOut appends valid, compact JSON line by line.
func layOut(out, text []byte) []byte {
	depth, from := 1, 0
	line := func(out, part []byte) []byte {
		out = append(append(out, part...), newline[:1+2*min(depth, 64)]...)
		for range depth - 64 {
			out = append(out, "  "...)
		}
		return out
	}
	out = append(out, "  "...)
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
			out = line(out, text[from:i+1])
			from = i + 1
		case '}', ']':
			depth--
			out = line(out, text[from:i])
			from = i
		case ',':
			out = line(out, text[from:i+1])
			from = i + 1
		case ':':
			out = append(append(out, text[from:i+1]...), ' ')
			from = i + 1
		}
	}
	return append(out, text[from:]...)
}
