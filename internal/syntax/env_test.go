package syntax

import (
	"errors"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sallyport/internal/fact"
)

func TestEnv(t *testing.T) {
	text := "# comment\n" +
		"A=1\r\n" +
		"export B = two words # why\n" +
		"C='single # $x \\n'\n" +
		"D=\"a\\\"b\\nc\"  # tail\n" +
		"E=\"one\ntwo\"\n" +
		"F=a\\\n  b\n" +
		"G=\n" +
		"é=1\n" +
		"source other.sh\n" +
		"H=ü#x\n" +
		"I='open\n" +
		"J=9"
	vars, lines, errs := Env(".env", []byte(text))
	var got []string
	for _, v := range vars {
		got = append(got, fmt.Sprintf("%d:%d-%d:%d %s=%q raw %q", v.Span.Line, v.Span.Column, v.Span.EndLine, v.Span.EndColumn, v.Name, v.Value, v.Raw))
	}
	for _, l := range lines {
		got = append(got, fmt.Sprintf("%d:%d-%d:%d %q", l.Span.Line, l.Span.Column, l.Span.EndLine, l.Span.EndColumn, l.Text))
	}
	want := []string{
		`2:1-2:4 A="1" raw "1"`,
		`3:8-3:21 B="two words" raw "two words"`,
		`4:1-4:19 C="single # $x \\n" raw "'single # $x \\n'"`,
		`5:1-5:12 D="a\"b\nc" raw "\"a\\\"b\\nc\""`,
		`6:1-7:5 E="one\ntwo" raw "\"one\ntwo\""`,
		`8:1-9:4 F="ab" raw "a\\\n  b"`,
		`10:1-10:3 G="" raw ""`,
		`13:1-13:6 H="ü#x" raw "ü#x"`,
		`14:1-14:8 I="'open" raw "'open"`,
		`15:1-15:4 J="9" raw "9"`,
		`11:1-11:4 "é=1"`,
		`12:1-12:16 "source other.sh"`,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	var e *fact.Error
	if len(errs) != 1 || !errors.As(errs[0], &e) || e.Line != 14 {
		t.Errorf("errors %v, want one at line 14", errs)
	}
}

func TestEnvName(t *testing.T) {
	for file, want := range map[string][3]bool{ // sure, likely, example
		".env": {true, false, false}, "a/.env.example": {true, false, true}, "app.env": {true, false, false}, ".envrc": {true, false, false},
		".env.production": {true, false, false}, "env.sample": {false, true, true}, "etc/default/app": {false, true, false},
		".env.d.ts": {}, "env.rs": {}, ".env.vault": {}, "environment": {false, true, false}, "src/environment.rs": {}, "prod.env.dist": {false, true, true},
	} {
		sure, likely := EnvName(file)
		if got := [3]bool{sure, likely, EnvExample(file)}; got != want {
			t.Errorf("%s: %v, want %v", file, got, want)
		}
	}
}
