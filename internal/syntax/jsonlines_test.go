package syntax

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sallyport/internal/fact"
)

func TestJSONLines(t *testing.T) {
	text := "{\"a\": 1}\r\n\n {\"ä\": [true, {\"b\": \"x\"}]}\n"
	tree, err := JSONLines("x", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	want := []any{map[string]any{"a": int64(1)}, map[string]any{"ä": []any{true, map[string]any{"b": "x"}}}}
	if diff := cmp.Diff(want, tree.Value); diff != "" {
		t.Error(diff)
	}
	for _, c := range []struct {
		path fact.Path
		want fact.Span
	}{
		{nil, fact.Span{Line: 1, Column: 1, EndLine: 1, EndColumn: 1}},
		{fact.Path{0, "a"}, fact.Span{Line: 1, Column: 2, EndLine: 1, EndColumn: 8}},
		{fact.Path{1}, fact.Span{Line: 3, Column: 2, EndLine: 3, EndColumn: 27}},
		{fact.Path{1, "ä", 1, "b"}, fact.Span{Line: 3, Column: 16, EndLine: 3, EndColumn: 24}},
		{fact.Path{2}, fact.Span{}},
		{fact.Path{"a"}, fact.Span{}},
		{fact.Path{1, "ä", 7}, fact.Span{}},
	} {
		if got, _ := tree.Spans(c.path); got != c.want {
			t.Errorf("%v: got %+v, want %+v", c.path, got, c.want)
		}
	}
}

func TestJSONLinesMistakes(t *testing.T) {
	for text, want := range map[string]string{
		"{}\n{\"a\":1,\"a\":2}\n": "x:2:8: the key \"a\" appears twice",
		"{}\n\n{\"a\":\n":         "x:3:6: the JSON text ends early",
		"{} {}":                   "x:1:4: text after the end",
		"{}\n" + strings.Repeat("[", 300) + strings.Repeat("]", 300): "x:2:",
	} {
		if _, err := JSONLines("x", []byte(text)); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%q: got %v", text, err)
		}
	}
}
