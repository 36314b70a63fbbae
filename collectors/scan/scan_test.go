package scan

import (
	"bytes"
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

func TestGolden(t *testing.T) {
	files, err := filepath.Glob("testdata/*.json")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		if strings.HasSuffix(file, ".golden.json") {
			continue
		}
		name := filepath.Base(file)
		got, err := facttest.Golden(New(Options{}), os.DirFS("testdata"), name)
		if err != nil {
			t.Error(err)
			continue
		}
		golden := strings.TrimSuffix(file, ".json") + ".golden.json"
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
		if bytes.Contains(got, []byte("hunter2")) || bytes.Contains(got, []byte("5e8f7a6b")) || bytes.Contains(got, []byte("****")) {
			t.Errorf("%s: a secret is in the facts", name)
		}
	}
}

// A report that cannot be read is one all the same: it is an error, and not passed over.
func TestMatchBroken(t *testing.T) {
	for _, text := range []string{
		"\"SchemaVersion\": 2,\n\"ArtifactName\": \"a\",\n\"Results\": []\n}",
		"    Updating crates.io index\n{\"SchemaVersion\": 2, \"ArtifactName\": \"a\"}",
	} {
		fsys := fstest.MapFS{"a.json": {Data: []byte(text)}}
		if !New(Options{}).Match("a.json", []byte(text)) {
			t.Errorf("%q is left alone", text)
		}
		if docs, err := New(Options{}).Collect(t.Context(), fsys, "a.json"); err == nil {
			t.Errorf("%q: %d documents and no error", text, len(docs))
		}
	}
	for name, want := range map[string]bool{"trivy.json": true, "cargo-audit.json": true, "out.sarif": true, "my_clippy.jsonl": true, "a.json": false, "trivy.yaml": false} {
		fsys := fstest.MapFS{name: {Data: []byte(" \n")}}
		if got := New(Options{}).Match(name, []byte{}); got != want {
			t.Errorf("%s, empty: got %v", name, got)
		}
		if _, err := New(Options{}).Collect(t.Context(), fsys, name); want && (err == nil || !strings.Contains(err.Error(), "an empty report")) {
			t.Errorf("%s: got %v", name, err)
		}
	}
	if New(Options{}).Match("a.json", []byte("text\n{\"a\": 1}\n")) {
		t.Error("any text is a report")
	}
}

func TestMatch(t *testing.T) {
	for text, want := range map[string]bool{
		`{"database":{"advisory-count":1},"lockfile":{"dependency-count":2}`:               true,
		"\xef\xbb\xbf\r\n {\"lockfile\": {\"dependency-count\": 1}, \"settings\": {\"ign":  true,
		`{"ArtifactName": "x", "ArtifactType": "container_image", "Met`:                    true,
		`{"SchemaVersion": 2, "Trivy": {}, "ArtifactName": "x"`:                            true,
		`{"SchemaVersion": 2, "results": []}`:                                              false,
		`{"nested": {"SchemaVersion": 2, "ArtifactName": "x", "ArtifactType": "y"}}`:       false,
		`{"database": "advisory-count", "lockfile": 1}`:                                    false,
		`["SchemaVersion", "ArtifactName"]`:                                                false,
		`let s = r#"{"database":{"advisory-count":1},"lockfile":{"dependency-count":2}}"#`: false,
		`{`: false, ``: false, "\x00": false,
	} {
		if got := New(Options{}).Match("any", []byte(text)); got != want {
			t.Errorf("%s: got %v", text, got)
		}
	}
}

func TestNames(t *testing.T) {
	unique := names{}
	var got []string
	for _, name := range []string{"a", "a", "a#2", "a", "b"} {
		got = append(got, unique.of(name))
	}
	if diff := cmp.Diff([]string{"a", "a#2", "a#2#2", "a#3", "b"}, got); diff != "" {
		t.Error(diff)
	}
}

func FuzzCollect(f *testing.F) {
	files, _ := filepath.Glob("testdata/*.json")
	for _, file := range files {
		if data, err := os.ReadFile(file); err == nil && !strings.HasSuffix(file, ".golden.json") {
			f.Add(data)
			f.Add(append([]byte("\xef\xbb\xbf"), bytes.ReplaceAll(data, []byte("\n"), []byte("\r\n"))...))
		}
	}
	const top = `{"SchemaVersion":2,"ArtifactName":"x","ArtifactType":"y","Results":`
	f.Add([]byte(top + "\x00}"))
	f.Add([]byte(top + strings.Repeat("[", 200)))
	f.Add([]byte(top + `[{"Vulnerabilities":[null,{},1],"Secrets":{}},null,"x"]}`))
	for _, hostile := range []string{
		`{"version":"2.1.0","runs":[{"tool":null,"results":[{"ruleIndex":-1,"locations":[{"physicalLocation":{"artifactLocation":{"index":99,"uri":"%00%zz"},"region":{"startLine":-1}}}]}]},null,1]}`,
		`{"version":"2.1.0","runs":{}}`, `{"version":"1.0.0","runs":[]}`, `{"version":2,"runs":[{"tool":{"driver":[]}}]}`,
		`{"matches":[{"vulnerability":{"id":1,"cvss":[{"metrics":{"baseScore":"x"}}]},"relatedVulnerabilities":null}],"descriptor":{"db":[],"configuration":{"ignore":{}}}}`,
		`{"results":[{"source":{"path":"\u0000"},"packages":[{"package":{"name":"a"},"groups":[{"ids":[]}],"vulnerabilities":[{"affected":[null]}]}]}]}`,
		`{"reason":"compiler-message","message":{"level":"error","spans":[{"is_primary":true,"file_name":"<x>","expansion":{"span":{}}}]}}` + "\n{\"reason\":\"build-finished\"}",
		`{"fields":{"graphs":[{"Krate":1}],"labels":[],"severity":"error","code":"vulnerability","advisory":3},"type":"diagnostic"}`,
		`[{"RuleID":"a","Secret":"**********","Match":"","File":"../../x","StartLine":1e3}]`,
		`{"SourceMetadata":{"Data":{"Git":1,"X":{"file":2}}},"DetectorName":"a","Raw":3}`,
		`[{"Target":1,"Type":"a","Vulnerabilities":{}}]`, `{"ClusterName":"a","Resources":[{"Results":[{"Misconfigurations":[null]}]}]}`,
		`{"results":[{"check_id":"a","extra":{"severity":1},"start":[]}],"errors":[{"type":[1]}],"paths":{"skipped":[{}]}}`,
	} {
		f.Add([]byte(hostile))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if !New(Options{}).Match("x", data[:min(len(data), fact.HeadSize)]) {
			return
		}
		docs, err := New(Options{}).Collect(t.Context(), fstest.MapFS{"x": {Data: data}}, "x")
		if err == nil && len(docs) != 1 && !bytes.Contains(data, []byte("runs")) {
			t.Fatal("neither a document nor an error")
		}
		if len(docs) > 0 {
			if _, err := facttest.Golden(New(Options{}), fstest.MapFS{"x": {Data: data}}, "x"); err != nil {
				t.Fatal(err)
			}
		}
	})
}
