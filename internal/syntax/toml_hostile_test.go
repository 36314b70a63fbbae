package syntax

import (
	"errors"
	"strings"
	"testing"

	"sallyport/internal/fact"
)

// TestTOMLWork: a text that could cost the parser its square is refused or read in
// little time, or this test outlasts the limit of go test.
func TestTOMLWork(t *testing.T) {
	for _, text := range []string{
		"[" + strings.Repeat("a", 1<<20) + "]\n" + strings.Repeat("a=1\n", 1<<20),
		strings.Repeat("a.", 1<<21),
		"[" + strings.Repeat("a.", 98) + "a]\n" + strings.Repeat("b = 1\n", 1<<18),
		"a = [" + strings.Repeat("{a=1},", 1<<18) + "]",
		strings.Repeat("a = \"\"\"\\\n", 1<<18),
		"a = \"\"\"" + strings.Repeat("\\\n", 1<<20) + "\"\"\"",
		strings.Repeat("[a]\n", 1<<20),
		strings.Repeat("[[a]]\n", 1<<20),
		strings.Repeat("#", 1<<23),
		"a = " + strings.Repeat("[", 90) + strings.Repeat("{a=[],b=[]},", 1<<17),
	} {
		if tree, err := TOML("x.toml", []byte(text)); err == nil {
			tree.Spans(fact.Path{"a", 1, "b"})
		}
	}
}

func FuzzTOML(f *testing.F) {
	for _, seed := range []string{
		tomlSample, strings.ReplaceAll(tomlSample, "\n", "\r\n"), "\ufeffa = 1",
		"a = \x00", "a = [[[[[[[]]]]]]]", "a.b.c = {d.e = 1}", "[[a]]\n[[a.b]]\n[a.b.c]", "a = ''''x'''''",
		"a=[[{b=1}],[{c=2}]]", "[a]\n[a.b]\n[a.c]\nd=1", "x={y={}}", "a=0o", "''=1", `""=1`,
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		tree, err := TOML("x.toml", []byte(text))
		if err != nil {
			if e := new(fact.Error); !errors.As(err, &e) {
				t.Fatalf("%v is not a *fact.Error", err)
			}
			return
		}
		if err := locatedTOML(strings.TrimPrefix(text, "\ufeff"), tree); err != nil {
			t.Fatal(err)
		}
	})
}
