package cargoconfig

import (
	"context"
	"flag"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"sallyport/internal/fact"
	"sallyport/internal/fact/facttest"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// raw are the secrets of the test data, which no output may hold.
var raw = []string{
	"Gr8-Pa55word!", "q8ZrT2mN5vX9cL4wK7yH", "cioQ7mVx2LpT9aRk4WzNe8YbHs3DfJgU6Xc",
	"Wd7Kp2Rt9Xv4Bq8Ns5Mz3Lc6Jh1Gf0YaE", "hunter2-and-more", "Sw0rdf1sh-42",
}

func TestGolden(t *testing.T) {
	for _, file := range []string{"config.toml", "wrong.toml", ".cargo/credentials.toml", ".cargo/config.toml", ".cargo/config"} {
		got, err := facttest.Golden(Collector, os.DirFS("testdata"), file)
		if err != nil {
			t.Error(err)
			continue
		}
		golden := "testdata/" + strings.ReplaceAll(file, "/", "_") + ".golden.json"
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
		for _, secret := range raw {
			if strings.Contains(string(got), secret) {
				t.Errorf("%s: %s is in the facts", file, secret)
			}
		}
	}
}

func collectText(text string) (Config, fact.Document, error) {
	const name = ".cargo/config.toml"
	docs, err := Collector.Collect(context.Background(), fstest.MapFS{name: {Data: []byte(text)}}, name)
	if len(docs) == 0 {
		return Config{}, fact.Document{}, err
	}
	return docs[0].Facts.(Config), docs[0], err
}

// TestSecretsAreKnown: what is masked in the facts is masked wherever the file is quoted.
func TestSecretsAreKnown(t *testing.T) {
	data, err := os.ReadFile("testdata/config.toml")
	if err != nil {
		t.Fatal(err)
	}
	_, doc, err := collectText(string(data))
	if err != nil {
		t.Fatal(err)
	}
	for _, secret := range raw {
		found := false
		for _, s := range doc.Secrets {
			found = found || strings.Contains(s, secret)
		}
		if !found {
			t.Errorf("%s is not among the secrets", secret)
		}
	}
}

func TestNative(t *testing.T) {
	for text, want := range map[string]bool{
		"[build]\nrustflags = ['-C', 'target-cpu=native']":                true,
		"[build]\nrustflags = ['-C target-cpu=native']":                   true,
		"[build]\nrustflags = '-Ctarget-cpu=native'":                      true,
		"[build]\nrustflags = '--codegen target_cpu=native'":              true,
		"[build]\nrustflags = '-C target-cpu=native -C target-cpu=v3'":    false,
		"[build]\nrustflags = '-Z tune-cpu=native'":                       false,
		"[build]\nrustflags = '-C'":                                       false,
		"[build]\nrustdocflags = '-C target-cpu=native'":                  false,
		"[target.x]\nrustflags = '-C target-cpu=native'":                  true,
		"target.'cfg(unix)'.rustflags = ['-Ctarget-cpu=native']":          true,
		"[env]\nCARGO_ENCODED_RUSTFLAGS = \"-C\\u001ftarget-cpu=native\"": true,
		"[env]\nNOTE = '-C target-cpu=native'":                            false,
		"[env]\nCXXFLAGS_x86_64 = { value = '-march=native' }":            true,
		"[profile.release]\nrustflags = ['-C', 'target-cpu=native']":      true,
		"# target-cpu=native":                                             false,
	} {
		if c, _, err := collectText(text); c.Native != want || err != nil {
			t.Errorf("%s: %v, %v", text, c.Native, err)
		}
	}
}

func TestMatch(t *testing.T) {
	for file, want := range map[string]bool{
		".cargo/config.toml": true, "a/.cargo/config": true, ".cargo/credentials": true,
		"x/.cargo/credentials.toml": true, "config.toml": false, "cargo/config.toml": false, ".cargo/audit.toml": false,
	} {
		if Collector.Match(file, nil) != want {
			t.Error(file)
		}
	}
}

func FuzzCollect(f *testing.F) {
	for _, name := range []string{"config.toml", "wrong.toml"} {
		data, err := os.ReadFile("testdata/" + name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(data))
		f.Add("\ufeff" + strings.ReplaceAll(string(data), "\n", "\r\n"))
	}
	f.Add("a = [[\x00")
	f.Add("target = " + strings.Repeat("{a=", 200))
	f.Fuzz(func(t *testing.T, text string) {
		c, doc, err := collectText(text)
		if doc.Facts == nil {
			if err == nil {
				t.Fatal("neither a document nor an error")
			}
			return
		}
		if err := facttest.Whole(c); err != nil {
			t.Fatal(err)
		}
		for i := range c.Secrets {
			if _, ok := doc.Spans(fact.Path{"secrets", i}); !ok {
				t.Fatalf("secret %d has no place", i)
			}
		}
	})
}
