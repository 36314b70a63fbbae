package gate

import (
	"math/rand/v2"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf8"

	"sallyport/internal/fact"
	"sallyport/internal/finding"
)

// Wherever a place stands in a line, and wherever secrets do, the excerpt shows no part of a secret beyond its
// mask, and stays short.
func TestExcerptsOfLongLinesHoldNoSecret(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	value := "q8Zr2LmX91vTbKcDw7Yh" + strings.Repeat("P4sN0uE5", 100)
	mask := maskerOf(&fact.Document{Secrets: []string{value}})
	for range 300 {
		var b strings.Builder
		for b.Len() < 1000+r.IntN(30000) {
			b.WriteString([]string{"ä=1 ", "plain ", "漢", value, " " + value + " "}[min(r.IntN(40), 4)])
		}
		line := b.String()
		lines := lineReader{fsys: fstest.MapFS{"f": {Data: []byte("first\n" + line + "\nlast")}}}
		n := utf8.RuneCountInString(line)
		column := 1 + r.IntN(n)
		p := finding.Place{File: "f", Span: fact.Span{Line: 2, Column: column, EndLine: 2, EndColumn: column + r.IntN(50)}}
		text, from, to := lines.masked(p, mask)
		if utf8.RuneCountInString(text) > 1010 || from < 1 || to < from || to > utf8.RuneCountInString(text)+1 {
			t.Fatalf("%d code points, columns %d to %d", utf8.RuneCountInString(text), from, to)
		}
		for i := 0; i+9 < len(value); i += 5 {
			if part := value[i : i+9]; strings.Contains(text, part) {
				t.Fatalf("%q of the secret is in %q", part, text)
			}
		}
	}
}

func TestExcerptShowsThePlace(t *testing.T) {
	for _, before := range []int{0, 10, 5000, 100000} {
		line := strings.Repeat("ä", before) + "USER" + strings.Repeat("b", before)
		lines := lineReader{fsys: fstest.MapFS{"f": {Data: []byte(line)}}}
		p := finding.Place{File: "f", Span: fact.Span{Line: 1, Column: before + 1, EndLine: 1, EndColumn: before + 5}}
		text, from, to := lines.masked(p, masker{})
		if got := string([]rune(text)[from-1 : to-1]); got != "USER" {
			t.Errorf("%d: got %q", before, got)
		}
	}
}
