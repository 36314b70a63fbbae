package sbom

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"sallyport/internal/advisory"
	"sallyport/internal/fact"
	"sallyport/internal/fact/facttest"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func fixtures(t testing.TB) []string {
	t.Helper()
	var names []string
	files, err := os.ReadDir("testdata")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if !f.IsDir() && !strings.HasSuffix(f.Name(), ".golden.json") {
			names = append(names, f.Name())
		}
	}
	return names
}

func TestGolden(t *testing.T) {
	db, err := advisory.Open("../../internal/advisory/testdata/advisory-db", advisory.Options{})
	if err != nil {
		t.Fatal(err)
	}
	c := New(Options{Advisories: db})
	for _, name := range fixtures(t) {
		got, err := facttest.Golden(c, os.DirFS("testdata"), name)
		if err != nil {
			t.Error(err)
			continue
		}
		golden := filepath.Join("testdata", name+".golden.json")
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
			t.Errorf("%s: %s", name, diff)
		}
	}
}

func TestMatch(t *testing.T) {
	c := New(Options{})
	for name, want := range map[string]bool{
		"a/ledger.cdx.json": true, "bom.json": true, "bom.xml": true, "ledger.spdx": true, "L.SPDX.JSON": true,
		"x.json": false, "cdx.json": false, "Cargo.lock": false,
	} {
		if got := c.Match(name, nil); got != want {
			t.Errorf("%s: got %v", name, got)
		}
	}
	for text, want := range map[string]bool{
		`{"bomFormat": "CycloneDX", "specVersion": "1.6"`:                                            true,
		"\xef\xbb\xbf\r\n{\"specVersion\": \"1.5\", \"components\": [":                               true,
		`{"$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json", "version": 1`:                true,
		`{"SPDXID": "SPDXRef-DOCUMENT", "spdxVersion": "SPDX-2.3"`:                                   true,
		`{"@context": "https://spdx.org/rdf/3.0.1/spdx-context.jsonld", "@graph": [`:                 true,
		`{"artifacts":[{"id":"a","name":"b","foundBy":"c"`:                                           true,
		"<?xml version=\"1.0\"?>\n<bom xmlns=\"http://cyclonedx.org/schema/bom/1.4\" version=\"1\">": true,
		"SPDXVersion: SPDX-2.2\nDataLicense: CC0-1.0":                                                true,
		"## a document\nSPDXVersion:  SPDX-2.2\n":                                                    true,
		`{"artifacts": [], "version": 1}`:                                                            false,
		`{"nested": {"bomFormat": "CycloneDX"}}`:                                                     false,
		`{"SchemaVersion": 2, "ArtifactName": "x", "Results": [{"bomFormat": 1}]}`:                   false,
		`["bomFormat"]`: false, "<project></project>": false, "text": false, "": false, "\x00": false,
		"see SPDXVersion: SPDX-2.2":                            false,
		`<html><a href="http://cyclonedx.org/schema/bom/1.4">`: false,
	} {
		if got := c.Match("some.file", []byte(text)); got != want {
			t.Errorf("%s: got %v", text, got)
		}
	}
}

func FuzzCollect(f *testing.F) {
	for _, name := range fixtures(f) {
		data, err := os.ReadFile("testdata/" + name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
		f.Add(append([]byte("\xef\xbb\xbf"), bytes.ReplaceAll(data, []byte("\n"), []byte("\r\n"))...))
	}
	const top = `{"bomFormat":"CycloneDX","specVersion":"1.6","components":`
	f.Add([]byte(top + "\x00}"))
	f.Add([]byte(top + strings.Repeat("[", 200)))
	f.Add([]byte(top + `[null,1,"x",{"components":[{"name":1}]}],"dependencies":[null,{"ref":1}],"metadata":[]}`))
	f.Add([]byte(top + `[{"licenses":[{"expression":"` + strings.Repeat("(", 50) + `MIT"}]}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		c := New(Options{})
		if !c.Match("x", data[:min(len(data), fact.HeadSize)]) {
			return
		}
		if _, err := facttest.Golden(c, fstest.MapFS{"x": {Data: data}}, "x"); err != nil {
			t.Fatal(err)
		}
	})
}

// TestSPDXID holds that an identifier that nobody can refer to is a mistake at its place, in both notations.
func TestSPDXID(t *testing.T) {
	for name, text := range map[string]string{
		"a.spdx": "SPDXVersion: SPDX-2.3\nDataLicense: CC0-1.0\nSPDXID: SPDXRef-DOCUMENT\nDocumentName: a\nDocumentNamespace: https://example.org/a\nCreator: Tool: x\nCreated: 2026-11-20T10:00:00Z\nPackageName: p\nSPDXID: p\nPackageDownloadLocation: NONE\n",
		"a.spdx.json": `{"spdxVersion": "SPDX-2.3", "dataLicense": "CC0-1.0", "SPDXID": "SPDXRef-DOCUMENT", "name": "a", "documentNamespace": "https://example.org/a",
"creationInfo": {"creators": ["Tool: x"], "created": "2026-11-20T10:00:00Z"}, "packages": [{"name": "p",
"SPDXID": "p", "downloadLocation": "NONE"}]}`,
	} {
		_, err := New(Options{}).Collect(t.Context(), fstest.MapFS{name: {Data: []byte(text)}}, name)
		line := map[string]string{"a.spdx": "9", "a.spdx.json": "3"}[name]
		if want := name + ":" + line + `:1: packages[0].SPDXID: "p" does not begin with SPDXRef-: write`; err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%v, want %s", err, want)
		}
	}
}
