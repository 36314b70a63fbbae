package main

import (
	"bytes"
	"encoding/json"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// FuzzText compares the encoding of texts with that of encoding/json.
func FuzzText(f *testing.F) {
	f.Add("plain text that is longer than eight bytes, with \"quotes\", \\ and \n")
	f.Add("\xff\u2028\u00e9\x00\x1f\x7f")
	f.Fuzz(func(t *testing.T, text string) {
		var want bytes.Buffer
		std := json.NewEncoder(&want)
		std.SetEscapeHTML(false)
		if err := std.Encode(text); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(strings.TrimRight(want.String(), "\n"), string(appendText(nil, text))); diff != "" {
			t.Error(diff)
		}
	})
}

type node struct {
	Name  string `json:"name"`
	Below []node `json:"below"`
}

// TestEncode compares the layout with that of encoding/json.
func TestEncode(t *testing.T) {
	deep := any(map[string]any{})
	for range 90 {
		deep = []any{deep, map[string]any{"a": deep}}[:1]
	}
	for _, v := range []any{
		nil, 1.5, "a", "a\"b\\", "\\",
		[]string{},
		map[string]int{},
		map[string]int{"b": 2, "a": 1},
		map[string]int{"b": 3, "a": 1},
		map[string]int{"c": 3, "a\"": 1},
		map[string]int(nil),
		strings.Repeat("plain ", 5) + "\"\\\n\r\t\b\f" + strings.Repeat("\u2026 text", 3) + "\u2028\x00", "1234567\"", "12345678\\", "1234567\u00e9", "\x1f2345678",
		map[string][]string{"b": nil, "a": {"\u00e9", "\xff", "\x01", "\u2029", "\x7f"}},
		[]float64{0, 1, -1, 0.1, 9.6, -0.5, 1e21, 1e-7, 123456789.1, 0.30000000000000004, math.Copysign(0, -1), 100, 1e15, 4.35},
		[]any{true, int8(3), uint(3), float32(0.1), []byte("bytes"), (*int)(nil), time.Unix(0, 0).UTC(), map[int]string{2: "b"}},
		struct {
			A string `json:"a,omitempty"`
			B *node  `json:"b"`
			C node   `json:"c"`
		}{B: &node{Name: "x"}, C: node{Name: "y", Below: []node{{Name: "z", Below: []node{}}}}},
		[]any{[]any{}, map[string]any{}, "{[,:\"]}"},
		deep,
		map[string]any{"a": map[string]any{"b": []int{1, 2}, "c": []int{}}, "": "<&>\u2028", "x:y,": nil, "t": true},
		struct {
			A []string `json:"a"`
			B any      `json:"b"`
		}{[]string{"\n\t"}, json.RawMessage(`{"a": [1,  2], "b" : {}}`)},
	} {
		var want bytes.Buffer
		std := json.NewEncoder(&want)
		std.SetEscapeHTML(false)
		std.SetIndent("  ", "  ")
		if err := std.Encode(v); err != nil {
			t.Fatal(err)
		}
		for range 2 {
			got, err := appendJSON(nil, v)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff("  "+strings.TrimRight(want.String(), "\n"), string(got)); diff != "" {
				t.Error(diff)
			}
		}
	}
}
