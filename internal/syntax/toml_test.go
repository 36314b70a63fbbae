package syntax

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sallyport/internal/fact"
)

const tomlSample = `# comment with [brackets] and "quotes
title = "a # b" # tail
"quoted key" = 'x'
a.b."c.d" = 1_000
multi = """
one
"" two"""""
dates = [1979-05-27 07:32:00Z, 1979-05-27T07:32:00, 1979-05-27, 07:32:00.5]
floats = [1.5, nan, -inf, +inf]
'é' = "ü"

[table] # x
list = [
  "one", # ]
  [2, 3], { x = 1, y.z = "}" },
]
inline = { a = true, "b,c" = [ { d = 1 } ] }

[[array]]
n = 1
[array.sub]
k = "v"
[[ array ]]
n = 2
[[array.deep]]
m = 1

["x.y".'z\']
"tab\t\u00e9\x41" = 'end'`

func TestTOMLValues(t *testing.T) {
	tree, err := TOML("x.toml", []byte(tomlSample))
	if err != nil {
		t.Fatal(err)
	}
	table := func(kv ...any) map[string]any {
		m := map[string]any{}
		for i := 0; i < len(kv); i += 2 {
			m[kv[i].(string)] = kv[i+1]
		}
		return m
	}
	want := table(
		"title", "a # b", "quoted key", "x", "é", "ü",
		"a", table("b", table("c.d", int64(1000))),
		"multi", "one\n\"\" two\"\"",
		"dates", []any{"1979-05-27T07:32:00Z", "1979-05-27T07:32:00", "1979-05-27", "07:32:00.5"},
		"floats", []any{1.5, "nan", "-inf", "inf"},
		"table", table(
			"list", []any{"one", []any{int64(2), int64(3)}, table("x", int64(1), "y", table("z", "}"))},
			"inline", table("a", true, "b,c", []any{table("d", int64(1))})),
		"array", []any{
			table("n", int64(1), "sub", table("k", "v")),
			table("n", int64(2), "deep", []any{table("m", int64(1))}),
		},
		"x.y", table("z\\", table("tab\té"+"A", "end")),
	)
	if diff := cmp.Diff(want, tree.Value); diff != "" {
		t.Error(diff)
	}
}

func TestTOMLSpans(t *testing.T) {
	tree, err := TOML("x.toml", []byte(tomlSample))
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		path fact.Path
		want string
	}{
		{fact.Path{}, `# comment with [brackets] and "quotes`},
		{fact.Path{"title"}, `title = "a # b"`},
		{fact.Path{"quoted key"}, `"quoted key" = 'x'`},
		{fact.Path{"a"}, "a"},
		{fact.Path{"a", "b"}, "a.b"},
		{fact.Path{"a", "b", "c.d"}, `a.b."c.d" = 1_000`},
		{fact.Path{"multi"}, "multi"},
		{fact.Path{"dates"}, "dates"},
		{fact.Path{"dates", 0}, "1979-05-27 07:32:00Z"},
		{fact.Path{"floats", 3}, "+inf"},
		{fact.Path{"é"}, `'é' = "ü"`},
		{fact.Path{"table"}, "[table]"},
		{fact.Path{"table", "list"}, "list"},
		{fact.Path{"table", "list", 0}, `"one"`},
		{fact.Path{"table", "list", 1}, "[2, 3]"},
		{fact.Path{"table", "list", 1, 1}, "3"},
		{fact.Path{"table", "list", 2}, `{ x = 1, y.z = "}" }`},
		{fact.Path{"table", "list", 2, "y", "z"}, `y.z = "}"`},
		{fact.Path{"table", "inline"}, "inline"},
		{fact.Path{"table", "inline", "a"}, "a = true"},
		{fact.Path{"table", "inline", "b,c", 0, "d"}, "d = 1"},
		{fact.Path{"array"}, "[[array]]"},
		{fact.Path{"array", 0}, "[[array]]"},
		{fact.Path{"array", 0, "sub"}, "[array.sub]"},
		{fact.Path{"array", 0, "sub", "k"}, `k = "v"`},
		{fact.Path{"array", 1}, "[[ array ]]"},
		{fact.Path{"array", 1, "n"}, "n = 2"},
		{fact.Path{"array", 1, "deep", 0, "m"}, "m = 1"},
		{fact.Path{"x.y"}, `"x.y"`},
		{fact.Path{"x.y", "z\\"}, `["x.y".'z\']`},
		{fact.Path{"x.y", "z\\", "tab\téA"}, `"tab\t\u00e9\x41" = 'end'`},
		{fact.Path{"array", 2}, "none"},
		{fact.Path{"array", -1}, "none"},
		{fact.Path{"table", 0}, "none"},
		{fact.Path{"title", "x"}, "none"},
	} {
		got := "none"
		if s, ok := tree.Spans(test.path); ok {
			got = cutTOML(tomlSample, s)
		}
		if got != test.want {
			t.Errorf("%v: got %q, want %q", test.path, got, test.want)
		}
	}
}

// cutTOML returns the text of a span, which must be on one line.
func cutTOML(text string, s fact.Span) string {
	lines := strings.Split(text, "\n")
	if s.Line < 1 || s.Line > len(lines) || s.Line != s.EndLine {
		return fmt.Sprintf("span %+v is not on one line", s)
	}
	line := []rune(lines[s.Line-1])
	if s.Column < 1 || s.EndColumn < s.Column || s.EndColumn > len(line)+1 {
		return fmt.Sprintf("span %+v is not on its line", s)
	}
	return string(line[s.Column-1 : s.EndColumn-1])
}

func TestTOMLErrors(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"a = 1\n'é' = \"\x01\"", "x.toml:2:7: TOML files cannot contain control characters"},
		{"a = 1\n\na = 2", "x.toml:3:1: key 'a' has already been defined: keep one"},
		{"a = [1, 2", "x.toml:1:9: "},
		{"'é' = }", "x.toml:1:7: expected value but found '}'"},
		{"a = 9223372036854775808", "x.toml:1:5: 9223372036854775808 is out of range"},
		{"a = " + strings.Repeat("[", 1<<20), "x.toml:1:104: nested deeper than 100 levels"},
		{"a = 1\n" + strings.Repeat("a.", 1<<20) + "a = 1", "x.toml:2:202: nested deeper than 100 levels"},
		{"[" + strings.Repeat("a.", 1<<20) + "a]", "x.toml:1:203: nested deeper than 100 levels"},
		{"a = " + strings.Repeat("{a=", 1<<20), "x.toml:1:302: nested deeper than 100 levels"},
		{"[" + strings.Repeat("a", 1<<20) + "]\n" + strings.Repeat("a=1\n", 1<<18), "x.toml:"},
		{strings.Repeat("a", 1<<20) + "=[" + strings.Repeat("[],", 1<<18) + "]", "x.toml:"},
	} {
		_, err := TOML("x.toml", []byte(test.text))
		var e *fact.Error
		if !errors.As(err, &e) || e.Hint == "" {
			t.Errorf("%.40q: got %v, want a *fact.Error with a hint", test.text, err)
			continue
		}
		if !strings.HasPrefix(err.Error(), test.want) {
			t.Errorf("%.40q: got %v, want %s", test.text, err, test.want)
		}
	}
}

// locatedTOML tells which part of a value has no place, or one whose text is something else.
func locatedTOML(text string, tree Tree) error {
	return locatedTOMLAt(text, tree, tree.Value, fact.Path{})
}

func locatedTOMLAt(text string, tree Tree, value any, path fact.Path) error {
	span, ok := tree.Spans(path)
	if !ok {
		return fmt.Errorf("%v: no span", path)
	}
	got := cutTOML(text, span)
	last := any("")
	if len(path) > 0 {
		last = path[len(path)-1]
	}
	if name, ok := last.(string); ok && len(path) > 0 && !namesTOML(got, name) {
		return fmt.Errorf("%v: span %q does not name it", path, got)
	}
	switch value := value.(type) {
	case map[string]any:
		for key := range value {
			if err := locatedTOMLAt(text, tree, value[key], append(path[:len(path):len(path)], key)); err != nil {
				return err
			}
		}
	case []any:
		for i := range value {
			if err := locatedTOMLAt(text, tree, value[i], append(path[:len(path):len(path)], i)); err != nil {
				return err
			}
		}
	default:
		key, scalar, _ := strings.Cut(got, "=")
		if _, element := last.(int); element {
			key, scalar = "x", got
		}
		if fmt.Sprint(value) != "" && key == "" && scalar == "" {
			return fmt.Errorf("%v: empty span", path)
		}
		if n, ok := value.(bool); ok && !strings.HasSuffix(got, fmt.Sprint(n)) {
			return fmt.Errorf("%v: span %q does not end with %v", path, got, n)
		}
	}
	return nil
}

// namesTOML tells whether a span's text holds a key by that name: as typed, or with escapes.
func namesTOML(text, name string) bool {
	return strings.Contains(text, name) || strings.Contains(text, `\`)
}

// TestTOMLCorpus holds the places against the valid texts of the toml-test suite, which the library
// carries.
func TestTOMLCorpus(t *testing.T) {
	dir, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/BurntSushi/toml").Output()
	if err != nil {
		t.Fatal(err)
	}
	root := filepath.Join(strings.TrimSpace(string(dir)), "internal/toml-test/tests")
	seen := 0
	for _, pattern := range []string{"valid/*.toml", "valid/*/*.toml", "invalid/*/*.toml"} {
		files, _ := filepath.Glob(filepath.Join(root, pattern))
		for _, file := range files {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			data = []byte(strings.TrimPrefix(string(data), "\ufeff"))
			tree, err := TOML("x.toml", data)
			if strings.HasPrefix(pattern, "invalid") {
				if e := new(fact.Error); err != nil && (!errors.As(err, &e) || e.Line == 0) {
					t.Errorf("%s: %v", file, err)
				}
				continue
			}
			if err != nil {
				t.Errorf("%s: %v", file, err)
				continue
			}
			seen++
			if err := locatedTOML(string(data), tree); err != nil {
				t.Errorf("%s: %v", file, err)
			}
		}
	}
	if seen < 200 {
		t.Errorf("saw %d valid texts, want at least 200", seen)
	}
}
