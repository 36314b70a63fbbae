package syntax

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sallyport/internal/fact"
	"sallyport/internal/finding"
)

func TestDecodeTOML(t *testing.T) {
	type waiver struct {
		Rule    string `toml:"rule"`
		Expires string `toml:"expires"`
	}
	type config struct {
		FailOn  finding.Severity          `toml:"fail_on"`
		Days    int                       `toml:"days"`
		Ratio   float64                   `toml:"ratio"`
		Only    []string                  `toml:"only"`
		Waivers []waiver                  `toml:"waiver"`
		Args    map[string]string         `toml:"args"`
		Rules   map[string]map[string]any `toml:"rule"`
		Ignored bool
	}
	const text = `fail_on = "medium"
days = "7"
ratio = 2
only = ["a", 1]
Days = 3
[[waiver]]
rule = "x/y"
expires = 2026-01-02
[[waiver]]
reasn = "typo"
rule = 2
[args]
A = "b"
[rule."x/y"]
max = 3
list = ["a"]
`
	var got config
	tree, unknown, err := DecodeTOML("x.toml", []byte(text), &got)
	want := config{
		FailOn: finding.Medium, Ratio: 2, Only: []string{"a", ""},
		Waivers: []waiver{{Rule: "x/y", Expires: "2026-01-02"}, {}},
		Args:    map[string]string{"A": "b"},
		Rules:   map[string]map[string]any{"x/y": {"max": int64(3), "list": []any{"a"}}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]fact.Path{{"Days"}, {"waiver", 1, "reasn"}}, unknown); diff != "" {
		t.Error(diff)
	}
	wantErr := `x.toml:2:1: days is a string: write an integer
x.toml:4:14: only[1] is an integer: write a string
x.toml:11:1: waiver[1].rule is an integer: write a string`
	if fmt.Sprint(err) != wantErr {
		t.Errorf("got %v, want %v", err, wantErr)
	}
	if span, ok := tree.Spans(unknown[1]); !ok || span.Line != 10 {
		t.Errorf("the unknown key is at %v", span)
	}
	_, _, err = DecodeTOML("x.toml", []byte("fail_on = \"worst\"\n"), &got)
	if !strings.HasPrefix(fmt.Sprint(err), "x.toml:1:1: fail_on: severity") {
		t.Errorf("got %v", err)
	}
}

type words []string

func (w *words) UnmarshalTOML(v any) error {
	s, ok := v.(string)
	if !ok {
		return errors.New("write words")
	}
	*w = strings.Fields(s)
	return nil
}

func TestDecodeTOMLForms(t *testing.T) {
	type dependency struct {
		Version string `toml:",short"`
		Table   string `toml:"version"`
		Flags   words  `toml:"flags"`
	}
	var got struct {
		Deps map[string]dependency `toml:"deps"`
	}
	_, unknown, err := DecodeTOML("x.toml", []byte("[deps]\na = '1'\nb = {version = '2', flags = 'x y'}\nc = 3\nd = {flags = 1, ',short' = 'x'}\n"), &got)
	want := map[string]dependency{"a": {Version: "1"}, "b": {Table: "2", Flags: words{"x", "y"}}, "c": {}, "d": {}}
	if diff := cmp.Diff(want, got.Deps); diff != "" {
		t.Error(diff)
	}
	wantErr := "x.toml:4:1: deps.c is an integer: write a string\nx.toml:5:6: deps.d.flags is an integer: write words"
	if fmt.Sprint(err) != wantErr || len(unknown) != 1 {
		t.Errorf("got %v, want %s; unknown %v", err, wantErr, unknown)
	}
}

func TestReadTOMLBounds(t *testing.T) {
	var into struct {
		List []string `toml:"list"`
	}
	if _, err := ReadTOML("x.toml", []byte("list = ['a', 'b']\nother = 1"), 4, &into); err != nil {
		t.Error(err)
	}
	_, err := ReadTOML("x.toml", []byte("list = ['a',\n'b', 'c', 'd']"), 4, &into)
	if want := "x.toml:2:9: more than 4 values: split the file"; fmt.Sprint(err) != want {
		t.Errorf("got %v, want %s", err, want)
	}
	_, err = ReadTOML("x.toml", []byte("list = ["+strings.Repeat("1, ", 1000)+"]"), 2000, &into)
	if n := len(fact.Errors(err)); n != tomlMistakes+1 {
		t.Errorf("%d mistakes are told", n)
	}
}
