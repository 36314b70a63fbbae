package cargolock

import (
	"bufio"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"sallyport/internal/fact"
	"sallyport/internal/fact/facttest"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func TestGolden(t *testing.T) {
	files, err := filepath.Glob("testdata/*.lock")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		got, err := facttest.Golden(New(Options{}), os.DirFS("testdata"), filepath.Base(file))
		if err != nil {
			t.Error(err)
			continue
		}
		golden := strings.TrimSuffix(file, ".lock") + ".golden.json"
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
			t.Errorf("%s: %s", file, diff)
		}
		if strings.Contains(string(got), "Tr0ub4dor") {
			t.Errorf("%s: a secret is in the facts", file)
		}
	}
}

func TestMatch(t *testing.T) {
	for file, want := range map[string]bool{
		"Cargo.lock": true, "a/b/Cargo.lock": true, "cargo.lock": false,
		"Cargo.lock/x": false, "poetry.lock": false, "MyCargo.lock": false,
	} {
		if New(Options{}).Match(file, nil) != want {
			t.Error(file)
		}
	}
}

func read(fsys fs.FS, file string) (Lock, fact.Document, error) {
	docs, err := New(Options{}).Collect(context.Background(), fsys, file)
	if len(docs) == 0 {
		return Lock{}, fact.Document{}, err
	}
	return docs[0].Facts.(Lock), docs[0], err
}

func parse(text string) (Lock, fact.Document, error) {
	return read(fstest.MapFS{"Cargo.lock": {Data: []byte(text)}}, "Cargo.lock")
}

func TestErrors(t *testing.T) {
	for text, want := range map[string]string{
		"version = 5": "Cargo.lock:1:1: lock file version 5 is not known: write the file with a cargo whose format is 3 or 4",
		"version = 2": "Cargo.lock:1:1: lock file version 2 is not known: write the file with a cargo whose format is 3 or 4",
		"version = 3\n[[package]]\nname = 'a'\nversion = '1.0'":                         "Cargo.lock:4:1: \"1.0\" is no version of a package: write the file again with cargo",
		"version = 3\n<<<<<<< HEAD\n[[package]]":                                        "Cargo.lock:2:1: unresolved merge conflict: take one side and run cargo metadata, which completes the file",
		"version = 3\n[[package]]\nname = 'a'\nversion = '1.0.0'\ndependencies = ['b']": "Cargo.lock:5:17: a depends on \"b\", which is not exactly one of the locked packages: run cargo metadata, which completes the file",
		"version = 3\npackage = 'x'":                                                    "Cargo.lock:2:1: package is a string: write a list",
		"version = 3\n\x00":                                                             "Cargo.lock:2: a NUL byte in a text file: save the file as UTF-8 text",
	} {
		_, _, err := parse(text)
		if fmt.Sprint(err) != want {
			t.Errorf("%q: got %v, want %s", text, err, want)
		}
	}
}

func TestErrorsAreBounded(t *testing.T) {
	text := "version = 3\n[[package]]\nname = 'a'\nversion = '1'\ndependencies = [" + strings.Repeat("'gone',", 10000) + "]"
	_, _, err := parse(text)
	if n := len(fact.Errors(err)); n != maxErrors+1 {
		t.Errorf("%d errors", n)
	}
}

func TestDigestIsOfTheBytes(t *testing.T) {
	lock, _, err := parse("\ufeffversion = 3\r\n")
	if err != nil || len(lock.SHA256) != 64 {
		t.Error(lock.SHA256, err)
	}
	plain, _, _ := parse("version = 3\r\n")
	if plain.SHA256 == lock.SHA256 {
		t.Error("the byte order mark is not part of the digest")
	}
}

// TestGraph: parents mirror dependencies, and every chain follows edges from a root.
func TestGraph(t *testing.T) {
	lock, _, err := read(os.DirFS("testdata"), "v4.lock")
	if err != nil {
		t.Fatal(err)
	}
	if err := consistent(lock); err != nil {
		t.Error(err)
	}
	chains := map[string]string{}
	for _, p := range lock.Packages {
		chains[p.Name+" "+p.Kind] = p.Chain
	}
	want := map[string]string{
		"app path": "app", "codec git": "app > codec", "codec registry": "app > codec",
		"inner path": "app > inner", "private registry": "app > inner > private", "tagged git": "app > codec > tagged",
	}
	if diff := cmp.Diff(want, chains); diff != "" {
		t.Error(diff)
	}
}

func TestCyclesEnd(t *testing.T) {
	lock, _, err := parse(`version = 4
[[package]]
name = "a"
version = "1.0.0"
dependencies = ["a", "b"]
[[package]]
name = "b"
version = "1.0.0"
dependencies = ["a"]
`)
	if err != nil || lock.Packages[0].Chain != "a" || lock.Packages[1].Chain != "a > b" {
		t.Error(lock.Packages, err)
	}
}

func consistent(lock Lock) error {
	for i, p := range lock.Packages {
		for _, to := range p.Dependencies {
			if !slices.Contains(lock.Packages[to].Parents, i) {
				return fmt.Errorf("%s depends on %s, which does not know", p.Name, lock.Packages[to].Name)
			}
		}
		for _, from := range p.Parents {
			if !slices.Contains(lock.Packages[from].Dependencies, i) {
				return fmt.Errorf("%s has the parent %s, which does not know", p.Name, lock.Packages[from].Name)
			}
		}
		if p.Chain == "" || !strings.HasSuffix(p.Chain, p.Name) {
			return fmt.Errorf("%s has the chain %q", p.Name, p.Chain)
		}
		if _, ok := lock.Sources[p.Source]; ok != (p.Kind != "path" || p.Source != "") {
			return fmt.Errorf("%s is of kind %s with the source %q", p.Name, p.Kind, p.Source)
		}
	}
	return nil
}

// TestOracle reads the lock files of well-known projects; version and number of packages were counted by
// somebody else.
func TestOracle(t *testing.T) {
	dir := facttest.Oracle(t, "cargo")
	f, err := os.Open(filepath.Join(dir, "manifest.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	seen := 0
	for lines := bufio.NewScanner(f); lines.Scan(); {
		field := strings.Split(lines.Text(), "\t")
		if field[0] == "file" {
			continue
		}
		if _, err := os.Stat(filepath.Join(dir, "locks", field[0])); err != nil {
			continue // the archive holds a part of the manifest
		}
		seen++
		lock, doc, err := read(os.DirFS(filepath.Join(dir, "locks")), field[0])
		if err != nil {
			t.Error(err)
			continue
		}
		if got := strconv.Itoa(lock.Version); got != field[4] {
			t.Errorf("%s: version %s, want %s", field[0], got, field[4])
		}
		if err := consistent(lock); err != nil {
			t.Errorf("%s: %v", field[0], err)
		}
		tables := lock.Count
		if _, root := doc.Spans(fact.Path{"packages", lock.Count - 1, "name"}); !root {
			t.Errorf("%s: the last package has no place", field[0])
		}
		if want, _ := strconv.Atoi(field[5]); tables != want && tables != want+1 {
			t.Errorf("%s: %d packages, want %d", field[0], tables, want)
		}
		if len(lock.Unchecked) > 0 || len(lock.Roots) == 0 {
			t.Errorf("%s: unchecked %d, roots %d", field[0], len(lock.Unchecked), len(lock.Roots))
		}
	}
	if seen < 190 {
		t.Errorf("%d lock files, want the 194 of the archive", seen)
	}
}

func FuzzCollect(f *testing.F) {
	for _, name := range []string{"v1", "v2", "v4", "broken"} {
		data, err := os.ReadFile("testdata/" + name + ".lock")
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
		f.Add([]byte(strings.ReplaceAll(string(data), "\n", "\r\n")))
	}
	f.Add([]byte("\xef\xbb\xbfversion = 3"))
	f.Add([]byte("version = 3\x00"))
	f.Add([]byte("a = " + strings.Repeat("[", 1000)))
	f.Fuzz(func(t *testing.T, data []byte) {
		lock, doc, err := parse(string(data))
		if doc.Facts == nil {
			if err == nil {
				t.Fatal("neither a document nor an error")
			}
			return
		}
		if err := facttest.Whole(lock); err != nil {
			t.Fatal(err)
		}
		for i := range lock.Packages {
			if _, ok := doc.Spans(fact.Path{"packages", i}); !ok {
				t.Fatalf("package %d has no place", i)
			}
		}
		if _, err := json.Marshal(lock); err != nil {
			t.Fatal(err)
		}
	})
}
