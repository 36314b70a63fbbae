package syntax

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sallyport/internal/fact"
)

func values(trees []Tree) []any {
	list := []any{}
	for _, t := range trees {
		list = append(list, t.Value)
	}
	return list
}

func TestYAMLValues(t *testing.T) {
	for name, test := range map[string]struct {
		text string
		want []any
	}{
		"core schema": {
			"[a, 'true', true, False, 1, -2, 1.5, 1e3, 0x10, 0o17, 017, 0b11, 1_000, null, ~, '']",
			[]any{[]any{"a", "true", true, false, int64(1), int64(-2), 1.5, 1000.0, int64(16), int64(15), int64(15), int64(3), int64(1000), nil, nil, ""}},
		},
		"strings": {
			"[yes, on, n, 2024-01-02, 2024-01-02T03:04:05Z, 1.2.3, .inf, .nan, 12:30]",
			[]any{[]any{"yes", "on", "n", "2024-01-02", "2024-01-02T03:04:05Z", "1.2.3", ".inf", ".nan", "12:30"}},
		},
		"big numbers":  {"[9223372036854775807, 9223372036854775808, 123456789012345678901234567890]", []any{[]any{int64(9223372036854775807), 9223372036854775808.0, 123456789012345678901234567890.0}}},
		"tags":         {"[!!str 1, !!int '2', !!float 3, !!binary aGk=, !Ref x, !reset null]", []any{[]any{"1", int64(2), 3.0, "hi", "x", "null"}}},
		"keys":         {"{1: a, true: b, ~: c, 1.5: d, 0x10: e, on: f}", []any{map[string]any{"1": "a", "true": "b", "null": "c", "1.5": "d", "16": "e", "on": "f"}}},
		"empty":        {"\n# nothing\n---\n---\n# still\n---\nnull\n", []any{}},
		"documents":    {"a: 1\n---\nb: 2\n...\n%YAML 1.1\n---\nc: 3\n--- d\n...\ne\n", []any{map[string]any{"a": int64(1)}, map[string]any{"b": int64(2)}, map[string]any{"c": int64(3)}, "d", "e"}},
		"blocks":       {"a: |\n  x\n  ---\n  y\nb: >-\n  x\n  y\n", []any{map[string]any{"a": "x\n---\ny\n", "b": "x y"}}},
		"CRLF":         {"a: 1\r\n---\r\nb:\r\n- x\r\n", []any{map[string]any{"a": int64(1)}, map[string]any{"b": []any{"x"}}}},
		"aliases":      {"a: &a [1]\nb: *a\n&k c: *k\n", []any{map[string]any{"a": []any{int64(1)}, "b": []any{int64(1)}, "c": "c"}}},
		"merge":        {"x: &x {a: 1, b: 1}\ny: &y {b: 2, c: 2}\nz: {<<: *x, b: 3}\nw: {c: 4, <<: [*x, *y]}\n", []any{map[string]any{"x": map[string]any{"a": int64(1), "b": int64(1)}, "y": map[string]any{"b": int64(2), "c": int64(2)}, "z": map[string]any{"a": int64(1), "b": int64(3)}, "w": map[string]any{"a": int64(1), "b": int64(1), "c": int64(4)}}}},
		"merge chain":  {"x: &x {a: 1}\ny: &y {<<: *x, b: 2}\nz: {<<: *y}\n'<<': plain\n", []any{map[string]any{"x": map[string]any{"a": int64(1)}, "y": map[string]any{"a": int64(1), "b": int64(2)}, "z": map[string]any{"a": int64(1), "b": int64(2)}, "<<": "plain"}}},
		"JSON in YAML": {"{\n\t\"a\": [1, \"\\u00e9\"]\n}\n", []any{map[string]any{"a": []any{int64(1), "é"}}}},
	} {
		t.Run(name, func(t *testing.T) {
			trees, err := YAML("x.yaml", []byte(test.text))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, values(trees)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestYAML11(t *testing.T) {
	trees, err := YAML11("x.yaml", []byte("[yes, 'yes', Off, y, !!str on, yEs, {on: 1}]"))
	if err != nil {
		t.Fatal(err)
	}
	want := []any{[]any{true, "yes", false, true, "on", "yEs", map[string]any{"true": int64(1)}}}
	if diff := cmp.Diff(want, values(trees)); diff != "" {
		t.Error(diff)
	}
	if s, ok := trees[0].Spans(fact.Path{6, "true"}); !ok || s.Column != 38 {
		t.Errorf("got %v %v", s, ok)
	}
}

func TestYAMLMistakes(t *testing.T) {
	deep := strings.Repeat("[", MaxDepth+1) + strings.Repeat("]", MaxDepth+1)
	for name, test := range map[string]struct{ text, want string }{
		"tab":              {"a:\n\tb: 1\n", "x:2:1: a tab in the indentation, where YAML allows only spaces: indent with spaces"},
		"tab in a list":    {"a:\n  - b: 1\n  \tc: 2\n", "x:3:3: a tab in the indentation, where YAML allows only spaces: indent with spaces"},
		"indentation":      {"a: 1\nb:\n  c: 1\n d: 2\n", "x:4: the line fits neither the mapping before it nor a new one: correct the indentation, or put the value before in quotes"},
		"colon":            {"a: 1\nb: c: d\n", "x:2: a second \": \" in one entry: correct the indentation, or put a value that holds \": \" in quotes"},
		"no colon":         {"a: 1\nword\nb: 2\n", "x:2: a key without \":\": write a colon and a space after the key, or correct the indentation"},
		"quote":            {"a: 1\nb: 'x\nc: 2\nd: 3\n", "x:2: a quoted text that does not end: close the quote"},
		"bracket":          {"a: 1\nb: [x\nc: 2\n", "x:2: a \"[\" list that does not end: separate the entries by commas and close the bracket"},
		"at sign":          {"a: 1\n\nb: @x\n", "x:3: a character that cannot start a value: put the value in quotes"},
		"anchor":           {"a: 1\nb: *none\n", "x:2: unknown anchor 'none' referenced: define the anchor before its alias, or put a value that starts with * in quotes"},
		"second document":  {"a: 1\n---\nb: [\n---\nc: 1\n", "x:3: a value is missing: write the value, or put it in quotes"},
		"duplicate":        {"a: 1\nb: 2\na: 3\n", "x:3:1: the key \"a\" appears twice in one mapping: keep one of the two: readers disagree about which one counts"},
		"duplicate kinds":  {"1: a\n'1': b\n", "x:2:1: the key \"1\" appears twice in one mapping: keep one of the two: readers disagree about which one counts"},
		"two merges":       {"a: &a {b: 1}\nc:\n  <<: *a\n  <<: *a\n", "x:4:3: the key \"<<\" appears twice in one mapping: give one \"<<\" a list of aliases"},
		"merge of a list":  {"a: &a [1]\nb: {<<: *a}\n", "x:1:8: \"<<\" merges something that is not a mapping: merge mappings only"},
		"cycle":            {"a: &a\n  b: *a\n", "x:2:6: the alias *a stands for something that contains it: write out what the alias stands for"},
		"merge cycle":      {"a: &a\n  <<: *a\n", "x:2:7: the alias *a stands for something that contains it: write out what the alias stands for"},
		"depth":            {deep, "x:1:101: nested deeper than 100 levels: flatten the structure"},
		"key":              {"? [a]\n: b\n", "x:1:3: a key that is a collection: use a plain word as the key"},
		"tag":              {"a: !!int b\n", "x:1:4: \"b\" is no !!int: correct the value or its tag"},
		"control":          {"a: \x01\n", "x:1: control characters are not allowed: remove the control character"},
		"too large":        {strings.Repeat("[],", 2<<20), "x: more than 3000000 values: split the file"},
		"text after value": {"{a: 1}\nb: 2\n", "x:2: content after the end of the document: correct the indentation, or separate documents by ---"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := YAML("x", []byte(test.text))
			if fmt.Sprint(err) != test.want {
				t.Errorf("got  %v\nwant %s", err, test.want)
			}
		})
	}
}

func TestYAMLKeepsTheOthers(t *testing.T) {
	text := "a: 1\n---\nb: [\n---\nc: 1\n---\nd: 1\nd: 2\n---\n" + strings.Repeat("[", 200) + "\n---\ne: 1\n"
	trees, err := YAML("x", []byte(text))
	want := []any{map[string]any{"a": int64(1)}, map[string]any{"c": int64(1)}, map[string]any{"d": int64(2)}, map[string]any{"e": int64(1)}}
	if diff := cmp.Diff(want, values(trees)); diff != "" {
		t.Error(diff)
	}
	if errs := fact.Errors(err); len(errs) != 3 {
		t.Errorf("got %v", errs)
	}
	if s, ok := trees[3].Spans(fact.Path{"e"}); !ok || s.Line != 12 {
		t.Errorf("got %v %v", s, ok)
	}
	many := strings.Repeat("---\n[\n", 1000)
	if _, err := YAML("x", []byte(many)); len(fact.Errors(err)) != maxMistakes+1 {
		t.Errorf("got %d mistakes", len(fact.Errors(err)))
	}
}

func TestYAMLBombs(t *testing.T) {
	bomb := "a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
	for i := range 20 {
		bomb += fmt.Sprintf("a%d: &a%d [%s*a%d]\n", i+1, i+1, strings.Repeat(fmt.Sprintf("*a%d, ", i), 8), i)
	}
	merges := "a0: &a0 {x: 1}\n"
	for i := range 40 {
		merges += fmt.Sprintf("a%d: &a%d {<<: [*a%d, *a%d]}\n", i+1, i+1, i, i)
	}
	for name, text := range map[string]string{"aliases": bomb, "merges": merges} {
		_, err := YAML("x", []byte(text))
		if err == nil || !strings.Contains(err.Error(), "aliases expand to more than 200000 values") {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

func TestYAMLSpans(t *testing.T) {
	text := "# head\nü: é # c\nlist:\n  - a: 1\n    b: \"x\\\" y\"   # c\n  - 'it''s'\n  - [1, {c: 2}] # c\n  - plain text # c\n" +
		"  -\n    - deep\nflow: {x: [1,\n  2], y: z}\ntext: |\n  a\n  b\nnull:\nx: &anchor !!str  v\ny: &m\n  k: v\nz:\n  <<: *m\n  n: *anchor\nm: a\n  b\n"
	trees, err := YAML("x", []byte("---\n---\n"+text+"---\r\n- last: 1\r\n- x"))
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		document int
		path     fact.Path
		want     string
	}{
		{0, fact.Path{}, "4:1-4:5"},
		{0, fact.Path{"ü"}, "4:1-4:5"},
		{0, fact.Path{"list"}, "5:1-5:5"},
		{0, fact.Path{"list", 0}, "6:5-6:9"},
		{0, fact.Path{"list", 0, "a"}, "6:5-6:9"},
		{0, fact.Path{"list", 0, "b"}, "7:5-7:15"},
		{0, fact.Path{"list", 1}, "8:5-8:12"},
		{0, fact.Path{"list", 2}, "9:5-9:16"},
		{0, fact.Path{"list", 2, 1, "c"}, "9:10-9:14"},
		{0, fact.Path{"list", 3}, "10:5-10:15"},
		{0, fact.Path{"list", 4}, "12:5-12:11"},
		{0, fact.Path{"list", 5}, "none"},
		{0, fact.Path{"flow"}, "13:1-13:5"},
		{0, fact.Path{"flow", "x"}, "13:8-13:9"},
		{0, fact.Path{"flow", "x", 1}, "14:3-14:4"},
		{0, fact.Path{"flow", "y"}, "14:7-14:11"},
		{0, fact.Path{"text"}, "15:1-15:8"},
		{0, fact.Path{"null"}, "18:1-18:6"},
		{0, fact.Path{"x"}, "19:1-19:20"},
		{0, fact.Path{"y"}, "20:1-20:2"},
		{0, fact.Path{"z", "k"}, "21:3-21:7"},
		{0, fact.Path{"z", "n"}, "24:3-24:13"},
		{0, fact.Path{"m"}, "25:1-25:5"},
		{0, fact.Path{"ü", "x"}, "none"},
		{0, fact.Path{"list", "a"}, "none"},
		{1, fact.Path{0, "last"}, "28:3-28:10"},
		{1, fact.Path{1}, "29:3-29:4"},
	} {
		got := "none"
		if s, ok := trees[test.document].Spans(test.path); ok {
			got = fmt.Sprintf("%d:%d-%d:%d", s.Line, s.Column, s.EndLine, s.EndColumn)
		}
		if got != test.want {
			t.Errorf("%v: got %s, want %s", test.path, got, test.want)
		}
	}
}

func TestYAMLOddLineBreaks(t *testing.T) {
	trees, err := YAML("x", []byte("# a\u2028# b\n'ü': 1\rx: 2\nb: 3\n"))
	if err != nil {
		t.Fatal(err)
	}
	for key, want := range map[string]fact.Span{
		"ü": {Line: 2, Column: 1, EndLine: 2, EndColumn: 7},
		"x": {Line: 2, Column: 8, EndLine: 2, EndColumn: 12},
		"b": {Line: 3, Column: 1, EndLine: 3, EndColumn: 5},
	} {
		if got, _ := trees[0].Spans(fact.Path{key}); got != want {
			t.Errorf("%s: got %v, want %v", key, got, want)
		}
	}
}

func TestYAMLHugeLine(t *testing.T) {
	text := "a: [" + strings.Repeat("'é', ", 1<<20) + "{x: 1}]\n"
	trees, err := YAML("x", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	got, _ := trees[0].Spans(fact.Path{"a", 1 << 20})
	if want := (fact.Span{Line: 1, Column: 5 + 5<<20, EndLine: 1, EndColumn: 11 + 5<<20}); got != want {
		t.Errorf("got %v, want %v", got, want)
	}
}

func FuzzYAML(f *testing.F) {
	f.Add("a: &a [1, {b: *a}]\n---\n<<: {c: 'd'}\r\n...\n%YAML 1.1\n--- |\n x\n")
	f.Add("? [a]\n: \"\\u0000\"\n- \t@\n!!binary x: !<tag:yaml.org,2002:int> 0x_\n")
	f.Fuzz(func(t *testing.T, text string) {
		for _, parse := range []func(string, []byte) ([]Tree, error){YAML, YAML11} {
			trees, _ := parse("x", []byte(text))
			for _, tree := range trees {
				visit(t, tree, tree.Value, nil)
			}
		}
	})
}

// visit asks for the place of every part, except of what a merge brought.
func visit(t *testing.T, tree Tree, v any, path fact.Path) {
	s, ok := tree.Spans(path)
	if !ok || s.Line < 1 || s.Column < 1 || s.EndLine < s.Line {
		t.Fatalf("%v: %v %v", path, s, ok)
	}
	path = path[:len(path):len(path)]
	switch v := v.(type) {
	case map[string]any:
		for k, v := range v {
			visit(t, tree, v, append(path, k))
		}
	case []any:
		for i, v := range v {
			visit(t, tree, v, append(path, i))
		}
	}
}
