package cargomanifest

import (
	"context"
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"sallyport/internal/fact"
	"sallyport/internal/fact/facttest"
)

var update = flag.Bool("update", false, "rewrite the golden files")

var fixtures = []string{"workspace", "workspace/api", "workspace/core", "workspace/fuzz", "lonely", "broken"}

func TestGolden(t *testing.T) {
	for _, dir := range fixtures {
		got, err := facttest.Golden(Collector, os.DirFS("testdata"), dir+"/Cargo.toml")
		if err != nil {
			t.Error(err)
			continue
		}
		golden := "testdata/" + strings.ReplaceAll(dir, "/", "_") + ".golden.json"
		if *update {
			if err := os.WriteFile(golden, got, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(golden)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), string(got)); diff != "" {
			t.Errorf("%s: %s", dir, diff)
		}
		if strings.Contains(string(got), "Tr0ub4dor") {
			t.Errorf("%s: a secret is in the facts", dir)
		}
	}
}

func collectFiles(fsys fstest.MapFS, file string) (Manifest, fact.Document, error) {
	docs, err := Collector.Collect(context.Background(), fsys, file)
	if len(docs) == 0 {
		return Manifest{}, fact.Document{}, err
	}
	return docs[0].Facts.(Manifest), docs[0], err
}

func file(text string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(text)} }

func TestBinaries(t *testing.T) {
	main := file("fn main() {}")
	for _, test := range []struct {
		manifest string
		files    string
		want     string
	}{
		{"name = 'a'", "src/main.rs", "[a]"},
		{"name = 'a'", "src/lib.rs", "[]"},
		{"name = 'a'\nedition = '2021'\n[[bin]]\nname = 'b'\npath = 'src/main.rs'", "src/main.rs src/bin/c.rs", "[b c]"},
		{"name = 'a'\nedition = '2021'\n[[bin]]\nname = 'b'", "src/main.rs src/bin/b.rs", "[a b]"},
		{"name = 'a'\n[[bin]]\nname = 'b'", "src/main.rs src/bin/b.rs", "[b]"},
		{"name = 'a'\nedition = '2021'\nautobins = false", "src/main.rs", "[]"},
		{"name = 'a'", "src/bin/b/main.rs src/bin/c/lib.rs src/bin/notes.txt", "[b]"},
	} {
		fsys := fstest.MapFS{"x/Cargo.toml": file("[package]\n" + test.manifest)}
		for _, f := range strings.Fields(test.files) {
			fsys["x/"+f] = main
		}
		m, _, err := collectFiles(fsys, "x/Cargo.toml")
		if got := fmt.Sprint(m.Package.Binaries); got != test.want || err != nil {
			t.Errorf("%q: got %s, want %s (%v)", test.manifest, got, test.want, err)
		}
	}
}

func TestRoot(t *testing.T) {
	fsys := fstest.MapFS{
		"Cargo.toml":          file("[workspace]\nexclude = ['out', 'glob*']\nmembers = ['in', 'out/kept']\n[workspace.package]\nversion = '1.0.0'"),
		"in/Cargo.toml":       file("[package]\nname = 'a'\nversion.workspace = true"),
		"in/deep/Cargo.toml":  file("[package]\nname = 'a'\nversion.workspace = true\nworkspace = '../..'"),
		"out/Cargo.toml":      file("[package]\nname = 'a'\nversion.workspace = true"),
		"out/kept/Cargo.toml": file("[package]\nname = 'a'\nversion.workspace = true"),
		"own/Cargo.toml":      file("[package]\nname = 'a'\nversion.workspace = true\n[workspace]"),
		"own/x/Cargo.toml":    file("[package]\nname = 'a'\nversion.workspace = true"),
		"astray/Cargo.toml":   file("[package]\nname = 'a'\nversion.workspace = true\nworkspace = '../../../elsewhere'"),
		"self/Cargo.toml":     file("[package]\nname = 'a'\nversion.workspace = true\nworkspace = '.'"),
	}
	for dir, want := range map[string]string{
		"in":       "Cargo.toml true 1.0.0 Cargo.lock",
		"in/deep":  "Cargo.toml true 1.0.0 Cargo.lock",
		"out":      "out/Cargo.toml false  out/Cargo.lock",
		"out/kept": "Cargo.toml true 1.0.0 Cargo.lock",
		"own":      "own/Cargo.toml false  own/Cargo.lock",
		"own/x":    "own/Cargo.toml true  own/Cargo.lock",
		"astray":   "astray/Cargo.toml false  astray/Cargo.lock",
		"self":     "self/Cargo.toml false  self/Cargo.lock",
	} {
		m, _, err := collectFiles(fsys, dir+"/Cargo.toml")
		got := fmt.Sprint(m.Workspace.Root, " ", m.Workspace.Member, " ", m.Package.Version.Value, " ", m.Lock)
		if got != want || err != nil || m.Package.Version.Unresolved != (m.Package.Version.Value == "") {
			t.Errorf("%s: got %s, want %s (%v)", dir, got, want, err)
		}
	}
}

func TestPublish(t *testing.T) {
	for text, want := range map[string]bool{
		"version = '1.0.0'": true, "": false, "version = '1.0.0'\npublish = false": false,
		"version = '1.0.0'\npublish = []": false, "version = '1.0.0'\npublish = ['acme']": true,
	} {
		m, _, err := collectFiles(fstest.MapFS{"Cargo.toml": file("[package]\nname = 'a'\n" + text)}, "Cargo.toml")
		if m.Package.Publish != want || err != nil {
			t.Errorf("%q: %v, %v", text, m.Package.Publish, err)
		}
	}
}

func TestErrors(t *testing.T) {
	for text, want := range map[string]string{
		"[dependencies]\na = '1'": "Cargo.toml:1: neither a [package] nor a [workspace]: add one of the two tables",
		"\n[package]\n":           "Cargo.toml:2:1: a package without a name: name the package",
		"[package":                "Cargo.toml:1:8: expected '.' or ']' to end table name, but got the end of the text instead: correct the TOML",
		"package = 'x'":           "Cargo.toml:1:1: package is a string: write a table\nCargo.toml:1:1: a package without a name: name the package",
	} {
		if _, _, err := collectFiles(fstest.MapFS{"Cargo.toml": file(text)}, "Cargo.toml"); fmt.Sprint(err) != want {
			t.Errorf("%q: got %v, want %s", text, err, want)
		}
	}
}

func TestMatch(t *testing.T) {
	for name, want := range map[string]bool{"Cargo.toml": true, "a/Cargo.toml": true, "cargo.toml": false, "Cargo.toml.orig": false} {
		if Collector.Match(name, nil) != want {
			t.Error(name)
		}
	}
}

func FuzzCollect(f *testing.F) {
	for _, dir := range fixtures {
		data, err := os.ReadFile("testdata/" + dir + "/Cargo.toml")
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(data), "")
		f.Add("\ufeff"+strings.ReplaceAll(string(data), "\n", "\r\n"), "[workspace]\npackage = 1\ndependencies.a = 1")
	}
	f.Add("a = \x00", "[workspace")
	f.Add("package.name = "+strings.Repeat("[", 1000), "workspace = 1")
	f.Fuzz(func(t *testing.T, text, above string) {
		m, doc, err := collectFiles(fstest.MapFS{"a/Cargo.toml": file(text), "Cargo.toml": file(above)}, "a/Cargo.toml")
		if doc.Facts == nil {
			if err == nil {
				t.Fatal("neither a document nor an error")
			}
			return
		}
		if err := facttest.Whole(m); err != nil {
			t.Fatal(err)
		}
		for i := range m.Dependencies {
			if _, ok := doc.Spans(fact.Path{"dependencies", i}); !ok {
				t.Fatalf("dependency %d has no place", i)
			}
		}
	})
}
