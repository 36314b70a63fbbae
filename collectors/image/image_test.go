package image

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

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
		head, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if !match(name, head[:min(len(head), 4096)]) {
			t.Errorf("%s is not recognised", name)
		}
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
		for _, secret := range []string{"hunter2", "f81d4fae7dec", "q8Zr2LmX91vT"} {
			if bytes.Contains(got, []byte(secret)) {
				t.Errorf("%s: a secret is in the facts: %s", name, secret)
			}
		}
	}
}

func TestMatch(t *testing.T) {
	for _, c := range []struct {
		name, head string
		want       bool
	}{
		{"x/oci-layout", "", true},
		{"a.json", `[{"Id":"sha256:1","RepoTags":["a:1"],"RepoDigests":[`, true},
		{"a", "\xef\xbb\xbf\r\n[\n {\"Architecture\": \"amd64\", \"Config\": {\"RootFS\": 1}, \"RootFS\": {}", true},
		{"a.json", `{"Id":"sha256:1","RepoTags":["a:1"]}`, true},
		{"a.json", `{"created":"2026-01-01T00:00:00Z","architecture":"amd64","os":"linux","config":{}}`, true},
		{"a.json", `[{"Id":"1","Created":"x","State":{"Running":true},"Config":{},"RootFS":{}}]`, false},
		{"a.json", `{"SchemaVersion":2,"ArtifactName":"x","RepoTags":[]}`, false},
		{"package.json", `{"name":"x","os":["linux"],"config":{"a":1}}`, false},
		{"a.json", `[]`, false},
		{"a.json", ``, false},
		{"a.json", `{`, false},
		{"a.json", `[[{"RepoTags":1,"Id":1}]]`, false},
		{"a.json", `[1,{"RepoTags":1,"Id":1}]`, true},
		{"a.tar", "", false},
		{"a.tar", strings.Repeat("x", 4096), false},
		{"a.tar.gz", "\x1f\x8b", false},
		{"a.tar.zst", "\x28\xb5\x2f\xfd", false},
	} {
		if got := match(c.name, []byte(c.head)); got != c.want {
			t.Errorf("%s %s: got %v", c.name, c.head, got)
		}
	}
}

func TestParseUser(t *testing.T) {
	type result struct {
		name, group          string
		uid                  int
		numeric, root, known bool
	}
	for value, want := range map[string]result{
		"":                       {"", "", 0, false, true, true},
		":5":                     {"", "5", 0, false, true, true},
		"0":                      {"0", "", 0, true, true, true},
		"00:00":                  {"00", "00", 0, true, true, true},
		"+0":                     {"+0", "", 0, true, true, true},
		"root:app":               {"root", "app", 0, false, true, true},
		"app":                    {"app", "", -1, false, false, true},
		"10001:10001":            {"10001", "10001", 10001, true, false, true},
		"-1":                     {"-1", "", -1, true, false, false},
		"4294967296":             {"4294967296", "", -1, true, false, false},
		"99999999999999999999":   {"99999999999999999999", "", -1, false, false, true},
		"ContainerAdministrator": {"ContainerAdministrator", "", -1, false, true, true},
	} {
		u := parseUser(value)
		if got := (result{u.Name, u.Group, u.UID, u.Numeric, u.Root, u.Known}); got != want {
			t.Errorf("%q: got %+v, want %+v", value, got, want)
		}
	}
}

func TestParseStep(t *testing.T) {
	for created, want := range map[string][]string{
		"RUN |1 TOKEN=x /bin/sh -c make # buildkit":             {"RUN", "make", "TOKEN=x"},
		"|2 A=1 B=two words /bin/sh -c make all":                {"RUN", "make all", "A=1", "B=two words"},
		"/bin/sh -c apt-get update":                             {"RUN", "apt-get update"},
		"/bin/sh -c #(nop)  USER app":                           {"USER", "app"},
		"/bin/sh -c #(nop) ADD file:6d1f in / ":                 {"ADD", "file:6d1f in /"},
		"COPY --chown=0:0 /a /b # buildkit":                     {"COPY", "--chown=0:0 /a /b"},
		"# debian.sh --arch 'amd64' out/ 'bookworm' '@1730000'": {"", "# debian.sh --arch 'amd64' out/ 'bookworm' '@1730000'"},
		"umoci repack": {"", "umoci repack"},
		"RUN /bin/bash -o pipefail -c curl x | sh # buildkit": {"RUN", "curl x | sh"},
		"|x": {"", "|x"},
		"|1": {"", "|1"},
		"":   {"", ""},
	} {
		instruction, text, args := parseStep(created)
		if got := append([]string{instruction, text}, args...); !cmp.Equal(got, want) {
			t.Errorf("%q: got %q, want %q", created, got, want)
		}
	}
}
