package cargometadata

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

func TestGolden(t *testing.T) {
	for _, file := range []string{"metadata.json", "wrong.json"} {
		got, err := facttest.Golden(Collector, os.DirFS("testdata"), file)
		if err != nil {
			t.Error(err)
			continue
		}
		golden := "testdata/" + strings.TrimSuffix(file, ".json") + ".golden.json"
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
	}
}

func collectText(text string) (Metadata, fact.Document, error) {
	docs, err := Collector.Collect(context.Background(), fstest.MapFS{"m.json": {Data: []byte(text)}}, "m.json")
	if len(docs) == 0 {
		return Metadata{}, fact.Document{}, err
	}
	return docs[0].Facts.(Metadata), docs[0], err
}

func TestErrors(t *testing.T) {
	for text, want := range map[string]string{
		`{"packages": [{"name": "a"}], "version": 1}`: "m.json:1:15: a package without name or version: write the file again with cargo metadata",
		`{"packages": [], "version": 2}`:              "m.json:1:18: format 2 of cargo metadata is not known: write the file with cargo metadata --format-version 1",
		`[]`:                                          "m.json:1:1: format 0 of cargo metadata is not known: write the file with cargo metadata --format-version 1",
	} {
		if _, _, err := collectText(text); fmt.Sprint(err) != want {
			t.Errorf("%s: got %v", text, err)
		}
	}
	if _, _, err := collectText(`{"packages": [`); err == nil {
		t.Error("a text that ends too early is read")
	}
	many := `{"version": 1, "packages": [` + strings.Repeat("{},", maxPackages) + `{}]}`
	if _, _, err := collectText(many); err == nil || !strings.Contains(err.Error(), "more than the limit") {
		t.Error(err)
	}
}

func TestMatch(t *testing.T) {
	for head, want := range map[string]bool{
		`{"packages":[{"name":"a","version":"1.0.0","id":"a","license":"MIT","license_file":null`: true,
		"{\n  \"packages\": [\n    {\n      \"name\": \"a\",\n      \"license_file\" : null":      true,
		`{"packages":[{"name":"a"`:                          false,
		`{"name": "a", "packages": [], "license_file": ""}`: false,
	} {
		if Collector.Match("meta.json", []byte(head)) != want {
			t.Error(head)
		}
	}
	if Collector.Match("meta.json", nil) || Collector.Match("meta.txt", []byte(`{"packages":[{"name":"a","license_file":null`)) {
		t.Error("what is in a JSON file decides")
	}
}

func FuzzCollect(f *testing.F) {
	for _, name := range []string{"metadata.json", "wrong.json"} {
		data, err := os.ReadFile("testdata/" + name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(data))
		f.Add("\ufeff" + strings.ReplaceAll(string(data), "\n", "\r\n"))
	}
	f.Add(`{"packages":[[],1,null,{"name":"a","version":"1","targets":[{"kind":[null]}],"publish":[]}],"version":1,"resolve":{"nodes":[1]}}`)
	f.Add(`{"packages":` + strings.Repeat("[", 20000))
	f.Add("{\x00}")
	f.Fuzz(func(t *testing.T, text string) {
		m, doc, err := collectText(text)
		if doc.Facts == nil {
			if err == nil {
				t.Fatal("neither a document nor an error")
			}
			return
		}
		if err := facttest.Whole(m); err != nil {
			t.Fatal(err)
		}
		for i := range m.Packages {
			if _, ok := doc.Spans(fact.Path{"packages", i}); !ok {
				t.Fatalf("package %d has no place", i)
			}
		}
	})
}
