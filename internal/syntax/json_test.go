package syntax

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sallyport/internal/fact"
)

func TestJSONValues(t *testing.T) {
	const text = `{"a": [1, -2, 1.5, 1e3, 9223372036854775807, 9223372036854775808], "ü\u0041\n": true, "n": null, "s": "\ud83d\ude00 x", "e": {}, "l": []}`
	tree, err := JSON("x.json", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]any{
		"a":    []any{int64(1), int64(-2), 1.5, 1000.0, int64(9223372036854775807), 9223372036854775808.0},
		"üA\n": true, "n": nil, "s": "😀 x", "e": map[string]any{}, "l": []any{},
	}
	if diff := cmp.Diff(want, tree.Value); diff != "" {
		t.Error(diff)
	}
}

func TestJSONSpans(t *testing.T) {
	text := "{\n  \"ü\": \"é\", \"b\": {\"c\": [1, {\"d\": 2},\n [3,\n4]]},\r\n  \"e\":\n   5}"
	tree, err := JSON("x.json", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		path fact.Path
		want string
	}{
		{fact.Path{}, "1:1-1:2"},
		{fact.Path{"ü"}, "2:3-2:11"},
		{fact.Path{"b"}, "2:13-2:16"},
		{fact.Path{"b", "c"}, "2:19-2:22"},
		{fact.Path{"b", "c", 0}, "2:25-2:26"},
		{fact.Path{"b", "c", 1}, "2:28-2:36"},
		{fact.Path{"b", "c", 1, "d"}, "2:29-2:35"},
		{fact.Path{"b", "c", 2}, "3:2-3:5"},
		{fact.Path{"b", "c", 2, 1}, "4:1-4:2"},
		{fact.Path{"e"}, "5:3-5:6"},
		{fact.Path{"b", "c", 3}, "none"},
		{fact.Path{"b", 0}, "none"},
		{fact.Path{"ü", "x"}, "none"},
		{fact.Path{"x"}, "none"},
	} {
		got := "none"
		if s, ok := tree.Spans(test.path); ok {
			got = fmt.Sprintf("%d:%d-%d:%d", s.Line, s.Column, s.EndLine, s.EndColumn)
		}
		if got != test.want {
			t.Errorf("%v: got %s, want %s", test.path, got, test.want)
		}
	}
}

func TestJSONErrors(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"", "x.json:1:1: the JSON text ends early: write the file again: it is truncated"},
		{"{\"a\": [1,\n2", "x.json:2:2: the JSON text ends early: write the file again: it is truncated"},
		{"{\"é\": x}", "x.json:1:7: invalid character 'x' looking for beginning of value: correct the JSON"},
		{"{}\n {}", "x.json:2:2: text after the end of the JSON value: keep one JSON value in the file"},
		{"{\"a\": 1,\n \"\\u0061\": 2}", "x.json:2:2: the key \"a\" appears twice in one object: keep one of the two: readers disagree about which one counts"},
		{strings.Repeat("[", 101) + strings.Repeat("]", 101), "x.json:1:101: nested deeper than 100 levels: flatten the structure"},
		{strings.Repeat("[", 20000) + strings.Repeat("]", 20000), "x.json:1:10002: nested deeper than 100 levels: flatten the structure"},
		{"[1e999]", "x.json:1:2: a number that no float can hold: write a smaller number"},
		{"\xef\xbb\xbf{}", "x.json:1:1: invalid character 'ï' looking for beginning of value: correct the JSON"},
	} {
		_, err := JSON("x.json", []byte(test.text))
		var e *fact.Error
		if !errors.As(err, &e) {
			t.Errorf("%.40q: got %v, want a *fact.Error", test.text, err)
		} else if e.Error() != test.want {
			t.Errorf("%.40q: got %s\nwant %s", test.text, e, test.want)
		}
	}
	if _, err := JSON("x.json", []byte(strings.Repeat("[", 100)+strings.Repeat("]", 100))); err != nil {
		t.Error(err)
	}
}

// FuzzJSON holds the parser against encoding/json: the same texts are accepted, except for the stricter
// rules, the values are the same, and every value has a place.
func FuzzJSON(f *testing.F) {
	for _, seed := range []string{
		`{"a":[1,2.5,{"b":"c\n\u00e9"}],"d":null}`, " [ ] ", "\"x\"", "1", "{\"a\" : true , \"b\":[[],{}]}\r\n",
		"[\"\xff\"]", "{\"a\":1,\"a\":2}", "[1e999]", "\x00", "\xef\xbb\xbf{}", strings.Repeat("[", 200),
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		tree, err := JSON("x", data)
		var want any
		if std := json.Unmarshal(data, &want); err != nil {
			var e *fact.Error
			if !errors.As(err, &e) || e.Line < 1 || e.Column < 1 {
				t.Fatalf("an error without a place: %v", err)
			}
			return
		} else if std != nil {
			t.Fatalf("accepted what encoding/json refuses: %v", std)
		}
		located(t, tree.Spans, fact.Path{}, tree.Value)
		text, err := json.Marshal(tree.Value)
		if err != nil {
			t.Fatal(err)
		}
		var got any
		if err := json.Unmarshal(text, &got); err != nil || !cmp.Equal(got, want) {
			t.Fatal(err, cmp.Diff(want, got))
		}
	})
}

func located(t *testing.T, spans fact.Locator, path fact.Path, value any) {
	s, ok := spans(path)
	if !ok || s.Line < 1 || s.Column < 1 || s.EndLine != s.Line || s.EndColumn <= s.Column {
		t.Fatalf("%v: %+v %v", path, s, ok)
	}
	path = path[:len(path):len(path)]
	switch value := value.(type) {
	case map[string]any:
		for key, v := range value {
			located(t, spans, append(path, key), v)
		}
	case []any:
		for i, v := range value {
			located(t, spans, append(path, i), v)
		}
	}
}

func BenchmarkJSON(b *testing.B) {
	element := `{"advisory":{"id":"RUSTSEC-2024-0001","title":"a \"quoted\" title","references":["x","y"]},"versions":{"patched":[">=1.0.0"]}}`
	text := []byte("[" + strings.Repeat(element+",", 10<<20/len(element)) + "1]")
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		if _, err := JSON("x", text); err != nil {
			b.Fatal(err)
		}
	}
}
