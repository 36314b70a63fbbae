package receipt

import (
	"context"
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"sallyport/internal/attest"
	"sallyport/internal/fact"
	"sallyport/internal/fact/facttest"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// options trust the key that signed testdata/signed.json; its private half was thrown away.
func options(t testing.TB) Options {
	t.Helper()
	text, err := os.ReadFile("testdata/trusted.pub")
	if err != nil {
		t.Fatal(err)
	}
	key, err := attest.ParsePublicKey(text)
	if err != nil {
		t.Fatal(err)
	}
	return Options{Keys: []*attest.PublicKey{key}, Judged: func(context.Context, fs.FS) (Judged, error) {
		return Judged{Known: true, Commit: "4e06000fea8fb0d797e8b8395800766fa1d87d9e", Tree: "649a3ea3fa23de4ae3cc2710ab272b0ee194bc46"}, nil
	}}
}

func TestGolden(t *testing.T) {
	files, err := filepath.Glob("testdata/*.json*")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		if strings.HasSuffix(file, ".golden.json") {
			continue
		}
		head, err := os.ReadFile(file)
		if err != nil || !match(head[:min(len(head), fact.HeadSize)]) {
			t.Errorf("%s is not matched: %v", file, err)
		}
		got, err := facttest.Golden(New(options(t)), os.DirFS("testdata"), filepath.Base(file))
		if err != nil {
			t.Error(err)
			continue
		}
		golden := file + ".golden.json"
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

func collectText(t testing.TB, text string) ([]fact.Document, error) {
	fsys := fstest.MapFS{"r.json": {Data: []byte(text)}}
	return New(options(t)).Collect(context.Background(), fsys, "r.json")
}

func read(t testing.TB, name string) string {
	t.Helper()
	text, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestMistakes(t *testing.T) {
	receipt := read(t, "test.json")
	change := func(old, new string) string {
		if !strings.Contains(receipt, old) {
			t.Fatalf("the receipt does not hold %s", old)
		}
		return strings.Replace(receipt, old, new, 1)
	}
	for name, c := range map[string]struct{ text, want string }{
		"result":       {change(`"PASSED"`, `"ok"`), `r.json:14:5: the result is "ok", and neither PASSED, WARNED nor FAILED`},
		"contradicts":  {change(`"exitCode": 0`, `"exitCode": 1`), `the result is "passed", and the exit code 1`},
		"another tree": {change(`"tree": "649`, `"tree": "749`), `and the subject has another`},
		"no argv":      {change(`"argv"`, `"args"`), `the statement has no predicate.sallyportReceipt.argv`},
		"version":      {change(`"version": 1`, `"version": 2`), "version 2 of receipts is not known here"},
		"time":         {change(`"started": "2026`, `"started": "yesterday 2026`), "no time of RFC 3339"},
		"type":         {change(`"https://in-toto.io/Statement/v1"`, `"https://in-toto.io/Statement/v9"`), "no version of the statement"},
		"no subject":   {change(`"subject": [`, `"subject": [], "other": [`), "the statement is about nothing"},
		"a number":     {change(`"exitCode": 0`, `"exitCode": "0"`), "exitCode is not a whole number"},
		"payload":      {`{"payloadType":"application/vnd.in-toto+json","payload":"%%","signatures":[]}`, "the payload is not base64"},
		"payload json": {`{"payloadType":"application/vnd.in-toto+json","payload":"e30x","signatures":[]}`, "the payload is no JSON"},
		"other type":   {`{"payloadType":"text/plain","payload":"e30=","signatures":[]}`, "not a statement of in-toto"},
		"a blob":       {`{"mediaType":"application/vnd.dev.sigstore.bundle.v0.3+json","messageSignature":{}}`, "the statement has no payloadType"},
		"second line":  {"{\"_type\":\"https://in-toto.io/Statement/v1\"}\n{\"_type\": }\n", "r.json:2:"},
	} {
		docs, err := collectText(t, c.text)
		if err == nil || !strings.Contains(err.Error(), c.want) || len(docs) > 0 {
			t.Errorf("%s: %d documents, %v; want an error with %q", name, len(docs), err, c.want)
		}
	}
}

// TestOurPlace has files where receipts lie that are none: what was there may have been taken away by it.
func TestOurPlace(t *testing.T) {
	c := New(options(t))
	for _, text := range []string{"", "{", "[]", `{"payloadType":"text/plain","payload":"e30=","signatures":[]}`} {
		fsys := fstest.MapFS{".sallyport/receipts/test.json": {Data: []byte(text)}}
		if !c.Match(".sallyport/receipts/test.json", []byte(text)) || c.Match("receipts/test.json", []byte(text)) {
			t.Errorf("%q is matched by another place", text)
		}
		if docs, err := c.Collect(t.Context(), fsys, ".sallyport/receipts/test.json"); err == nil || len(docs) > 0 {
			t.Errorf("%q: no error", text)
		}
	}
}

func TestCommands(t *testing.T) {
	for command, want := range map[string]string{
		"cargo¦clippy¦--workspace¦--¦-D¦warnings":              "clippy / false / / ",
		"cargo¦+1.90.0¦clippy":                                 "clippy / false / / ",
		"cargo¦clippy¦--¦-A¦warnings":                          "clippy / false / -A warnings lets lints pass / ",
		"cargo¦clippy¦--¦-A¦clippy::too_many_arguments":        "clippy / false / / ",
		"cargo¦clippy¦--¦--cap-lints¦allow":                    "clippy / false / --cap-lints allow lets lints pass / ",
		"cargo¦check":                                          "check / false / / ",
		"cargo¦fmt¦--all¦--check":                              "fmt / false / / ",
		"cargo¦fmt¦--¦--check":                                 "fmt / false / / ",
		"cargo¦fmt":                                            " / false / / cargo fmt",
		"rustfmt¦--check¦src/main.rs":                          "fmt / false / / src/main.rs",
		"cargo¦test":                                           "test / false / / ",
		"cargo¦nextest¦run":                                    "test / false / / ",
		"cargo¦test¦--no-run":                                  " / false / / --no-run",
		"cargo¦test¦--¦--skip¦slow":                            "test / false / / --skip slow",
		"make¦lint":                                            " / true / / ",
		"./ci/lint.sh":                                         " / true / / ",
		"true":                                                 " / false / / ",
		"sh¦-c¦cargo clippy && cargo test":                     "clippy test / false / / ",
		"sh¦-ec¦cargo clippy || true":                          "clippy / false / a failure of cargo clippy is let pass / ",
		"sh¦-c¦cargo clippy; true":                             "clippy / false / cargo clippy is followed by ; true / ",
		"bash¦-c¦cargo test | tee test.log":                    "test / false / cargo test stands before a pipe without pipefail / ",
		"bash¦-c¦set -euo pipefail; cargo test | tee test.log": "test / false / / ",
		"env¦RUSTFLAGS=-Dwarnings¦cargo¦test":                  "test / false / / ",
		"cargo¦clippy¦--help":                                  " / false / / --help",
		"go¦test¦./...":                                        "test / false / / ",
		"bash¦-ec¦cargo clippy; echo done":                     "clippy / false / / ",
		"bash¦-c¦set -euo pipefail; cargo clippy; echo done":   "clippy / false / / ",
		"bash¦-o¦errexit¦-c¦cargo clippy; echo done":           "clippy / false / / ",
	} {
		c := Command{Argv: strings.Split(command, "¦")}
		interpret(&c)
		narrowed := []string{}
		for _, n := range c.Narrowed {
			narrowed = append(narrowed, n.Name)
		}
		opaque := "false"
		if c.Opaque {
			opaque = "true"
		}
		got := strings.Join(c.Does, " ") + " / " + opaque + " / " + strings.Join(c.Masked, ", ") + strings.Repeat(" ", min(1, len(c.Masked))) + "/ " + strings.Join(narrowed, ", ")
		if got != want {
			t.Errorf("%s:\n got %q\nwant %q", command, got, want)
		}
	}
}

// TestSigned takes a good envelope and changes it.
func TestSigned(t *testing.T) {
	good := read(t, "signed.json")
	for name, c := range map[string]struct {
		text             string
		signed, verified bool
	}{
		"good":       {good, true, true},
		"a bit":      {strings.Replace(good, `"sig": "`, `"sig": "AAAA`, 1), true, false},
		"a key id":   {strings.Replace(good, `"keyid": "`, `"keyid": "other`, 1), true, true},
		"a type":     {strings.Replace(good, "application/vnd.in-toto+json", "application/vnd.in-toto.x+json", 1), true, false},
		"no longer":  {good[:strings.Index(good, `"signatures"`)] + `"signatures": []}`, false, false},
		"garbage":    {good[:strings.Index(good, `"signatures"`)] + `"signatures": [{"sig": "%"}]}`, true, false},
		"a bundle":   {`{"mediaType":"application/vnd.dev.sigstore.bundle.v0.3+json","dsseEnvelope":` + good + "}", true, true},
		"and a line": {strings.Join(strings.Fields(good), "") + "\n" + strings.Join(strings.Fields(good), ""), true, true},
	} {
		docs, err := collectText(t, c.text)
		if err != nil || len(docs) == 0 {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if s := docs[0].Facts.(Receipt).Signature; s.Signed != c.signed || s.Verified != c.verified {
			t.Errorf("%s: %+v", name, s)
		}
	}
}

func FuzzCollect(f *testing.F) {
	for _, name := range []string{"test.json", "signed.json", "provenance.json", "lines.jsonl"} {
		f.Add(read(f, name))
	}
	f.Add("\xef\xbb\xbf{\"_type\":\"https://in-toto.io/Statement/v1\"}\r\n")
	f.Add("{\"_type\":\x00}")
	f.Add(strings.Repeat("[", 1000))
	f.Fuzz(func(t *testing.T, text string) {
		docs, _ := collectText(t, text)
		for _, d := range docs {
			if err := facttest.Whole(d.Facts); err != nil {
				t.Error(err)
			}
			for _, p := range []fact.Path{{"command", "argv"}, {"signature"}, {"subjects", 0, "name"}, {}} {
				d.Locate(p)
			}
		}
	})
}
