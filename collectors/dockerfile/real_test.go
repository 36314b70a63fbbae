package dockerfile

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/moby/buildkit/frontend/dockerfile/instructions"
	"github.com/moby/buildkit/frontend/dockerfile/parser"

	"sallyport/internal/fact"
	"sallyport/internal/fact/facttest"
)

// buildkit reads a Dockerfile as buildkit does; line is where it refuses one, 0 where it says nothing.
func buildkit(data []byte) (line int, err error) {
	result, err := parser.Parse(bytes.NewReader(data))
	if err == nil {
		_, _, err = instructions.Parse(result.AST, nil)
	}
	var located *parser.LocationError
	if errors.As(err, &located) && len(located.Locations) > 0 && len(located.Locations[0]) > 0 {
		line = located.Locations[0][0].Start.Line
	}
	return line, err
}

// TestReal compares with buildkit over real files: what it parses is collected, and what it refuses is
// refused at the same line.
func TestReal(t *testing.T) {
	dir := filepath.Join(facttest.Oracle(t, "dockerfile"), "real")
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) < 700 {
		t.Fatalf("%d files, %v", len(entries), err)
	}
	c := New(Options{Tables: testTables})
	refused := 0
	for _, e := range entries {
		data, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		line, want := buildkit(data)
		docs, got := c.Collect(context.Background(), os.DirFS(dir), e.Name())
		switch {
		case want == nil && len(docs) != 1:
			t.Errorf("%s: %v, but buildkit parses it", e.Name(), got)
		case want != nil && len(docs) != 0:
			t.Errorf("%s: collected, but buildkit says %v", e.Name(), want)
		case want != nil:
			refused++
			var mistake *fact.Error
			if !errors.As(got, &mistake) || mistake.Line != line || mistake.Hint == "" {
				t.Errorf("%s: %#v, but buildkit says line %d: %v", e.Name(), got, line, want)
			}
		default:
			check(t, &docs[0], string(data))
		}
	}
	t.Logf("%d files, %d refused", len(entries), refused)
}

// check holds a document to what all documents promise.
func check(t *testing.T, d *fact.Document, source string) {
	t.Helper()
	if err := facttest.Whole(d.Facts); err != nil {
		t.Errorf("%s: %v", d.Path, err)
	}
	f := d.Facts.(Dockerfile)
	for i := range f.Stages {
		s := &f.Stages[i]
		here := fact.Path{"stages", i}
		verify := func(want string, steps ...any) {
			t.Helper()
			p := append(here[:len(here):len(here)], steps...)
			span, ok := d.Spans(p)
			if !ok {
				t.Errorf("%s: %v has no place", d.Path, p)
				return
			}
			if got := text(source, span); want != "" && got != want {
				t.Errorf("%s: %v is at %v: %q, want %q", d.Path, p, span, got, want)
			}
		}
		verify("")
		verify(s.Base.Name, "base")
		if s.User.From == "this" {
			verify("", "user")
		}
		for j := range s.Env {
			verify("", "env", j)
		}
		for j := range s.Runs {
			verify("", "runs", j)
			for k := range s.Runs[j].Commands {
				verify("", "runs", j, "commands", k)
			}
		}
	}
}
