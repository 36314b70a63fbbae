package dockerfile

import (
	"context"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"sallyport/internal/fact"
	"sallyport/internal/fact/facttest"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// testBases is a small table of base images.
var testBases = []Base{
	{Image: "docker.io/library/debian", User: "root"},
	{Image: "docker.io/library/rust", User: "root"},
	{Image: "docker.io/library/alpine", User: "root"},
	{Image: "docker.io/grafana/grafana", User: "472"},
	{Image: "mcr.microsoft.com/dotnet/aspnet", Tag: "8*", User: "root", Env: map[string]string{"APP_UID": "1654"}},
	{Image: "mcr.microsoft.com/dotnet/aspnet", User: "root"},
	{Image: "gcr.io/distroless/*", Tag: "*nonroot*", User: "65532"},
	{Image: "gcr.io/distroless/*", User: "root"},
	{Image: "cgr.dev/chainguard/*", User: "65532"},
}

func testTables() (*Tables, error) { return &Tables{Bases: testBases}, nil }

// shipped are the tables that the gate ships with.
func shipped() (*Tables, error) { return ReadTables(os.DirFS("../../policies/tables")) }

func collect(text string, args map[string]string) (Dockerfile, *fact.Document, error) {
	c := New(Options{BuildArgs: args, Tables: testTables})
	docs, err := c.Collect(context.Background(), fstest.MapFS{"Dockerfile": {Data: []byte(text)}}, "Dockerfile")
	if len(docs) == 0 {
		return Dockerfile{}, nil, err
	}
	return docs[0].Facts.(Dockerfile), &docs[0], err
}

func TestGolden(t *testing.T) {
	files, err := filepath.Glob("testdata/*Dockerfile")
	if err != nil || len(files) == 0 {
		t.Fatal("no fixtures", err)
	}
	c := New(Options{Tables: testTables, BuildArgs: map[string]string{"GIVEN": "10001"}})
	for _, f := range files {
		t.Run(filepath.Base(f), func(t *testing.T) {
			got, err := facttest.Golden(c, os.DirFS("testdata"), filepath.Base(f))
			if err != nil {
				t.Fatal(err)
			}
			name := f + ".golden.json"
			if *update {
				if err := os.WriteFile(name, got, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), string(got)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// text is the part of a document's source that a span covers.
func text(source string, s fact.Span) string {
	lines := strings.Split(source, "\n")
	if s.Line < 1 || s.EndLine > len(lines) {
		return "?"
	}
	if s.Line == s.EndLine {
		return string([]rune(lines[s.Line-1])[s.Column-1 : s.EndColumn-1])
	}
	part := string([]rune(lines[s.Line-1])[s.Column-1:])
	for n := s.Line + 1; n < s.EndLine; n++ {
		part += "\n" + lines[n-1]
	}
	return part + "\n" + string([]rune(lines[s.EndLine-1])[:s.EndColumn-1])
}

func TestRefusals(t *testing.T) {
	for _, tt := range []struct {
		name, text, want string
	}{
		{"empty", "", "Dockerfile: file with no instructions: begin with FROM"},
		{"no stage", "ARG A=1\n", "Dockerfile:1: dockerfile contains no stages to build: add a FROM instruction"},
		{"instruction before FROM", "RUN a\nFROM b\n", "Dockerfile:1: no build stage in current context: begin with FROM; only ARG may stand before it"},
		{"unknown", "FROM a\n\nRNU b\n", "Dockerfile:3: unknown instruction: RNU: check the spelling, and that the line before ends in the escape character if this one continues it"},
		{"heredoc", "FROM a\nRUN <<EOF\nb\n", "Dockerfile:2: unterminated heredoc: end the here-document with its delimiter alone on a line"},
		{"NUL", "FROM a\n\x00", "Dockerfile:2: a NUL byte in a text file: save the file as UTF-8 text"},
		{"index", "FROM a\nCOPY --from=3 x /\n", "Dockerfile:2: invalid stage index 3: name the stage with AS, and use the name"},
		{"forward", "FROM a\nCOPY --from=b x /\nFROM c AS b\nCOPY --from=0 x /\n", `Dockerfile:2: stage "b" is used before it is complete: define the stage before it is used, and let stages not use each other in a circle`},
		{"itself", "FROM a AS b\nCOPY --from=b x /\n", `Dockerfile:2: stage "b" is used before it is complete: define the stage before it is used, and let stages not use each other in a circle`},
		{"reference", "FROM A@b\n", `Dockerfile:1: the base image "A@b" is no valid reference: write the image as [registry/]name[:tag][@digest], in lower case`},
		{"onbuild", "FROM a\nONBUILD ONBUILD RUN b\n", "Dockerfile:2: Chaining ONBUILD via `ONBUILD ONBUILD` isn't allowed: write ONBUILD once"},
		{"mount", "FROM a\nRUN --mount=type=bogus b\n", `Dockerfile:2: unsupported mount type "bogus": check the mount against the Dockerfile reference`},
		{"long line", "FROM a\nRUN " + strings.Repeat("x", 70<<10) + "\n", "Dockerfile:1: dockerfile line greater than max allowed size of 65535: break the line with the escape character"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, _, err := collect(tt.text, nil)
			var e *fact.Error
			if !errors.As(err, &e) {
				t.Fatalf("got %v, want a fact.Error", err)
			}
			if diff := cmp.Diff(tt.want, e.Error()); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestCheckComment reads a comment that configures BuildKit's linter for one instruction.
func TestCheckComment(t *testing.T) {
	d, _, err := collect("FROM scratch\n# why\n# check=skip=MaintainerDeprecated\nMAINTAINER me\n", nil)
	if err != nil || len(d.Stages) != 1 || len(d.Stages[0].Maintainers) != 1 || len(d.Pragmas) != 1 {
		t.Errorf("%v: %+v", err, d)
	}
}
