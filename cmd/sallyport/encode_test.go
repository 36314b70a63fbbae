package main

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

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
