package main

import (
	"bytes"
	"encoding/json"
)

// An encoder writes values as indented JSON, one after the other into the same memory. Its output is that of
// json.Encoder with an indent, which reads each value three times.
type encoder struct {
	compact, indented bytes.Buffer
	json              *json.Encoder
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
	e.indented.Reset()
	e.indent(bytes.TrimRight(e.compact.Bytes(), "\n"))
	return e.indented.Bytes(), nil
}

// newline and blanks are what indents lines.
var newline = append([]byte{'\n'}, bytes.Repeat([]byte("  "), 64)...)

// indent lays out valid, compact JSON.
func (e *encoder) indent(text []byte) {
	out, depth := &e.indented, 1
	out.WriteString("  ")
	line := func() {
		out.Write(newline[:1+2*min(depth, 64)])
		for range max(0, depth-64) {
			out.WriteString("  ")
		}
	}
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
			out.Write(text[from : i+1])
			from = i + 1
			depth++
			line()
		case '}', ']':
			out.Write(text[from:i])
			from = i
			depth--
			line()
		case ',':
			out.Write(text[from : i+1])
			from = i + 1
			line()
		case ':':
			out.Write(text[from : i+1])
			out.WriteByte(' ')
			from = i + 1
		}
	}
	out.Write(text[from:])
}
