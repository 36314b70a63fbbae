package rusttoolchain

import (
	"context"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"sallyport/internal/fact/facttest"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func TestGolden(t *testing.T) {
	files, err := filepath.Glob("testdata/*.toml")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	files = append(files, "testdata/legacy/rust-toolchain", "testdata/both/rust-toolchain.toml", "testdata/both/rust-toolchain")
	for _, file := range files {
		got, err := facttest.Golden(Collector, os.DirFS("testdata"), strings.TrimPrefix(file, "testdata/"))
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

func collectText(name, text string) (Toolchain, error) {
	docs, err := Collector.Collect(context.Background(), fstest.MapFS{name: {Data: []byte(text)}}, name)
	if len(docs) == 0 {
		return Toolchain{}, err
	}
	return docs[0].Facts.(Toolchain), err
}

func TestChannels(t *testing.T) {
	for channel, want := range map[string]string{
		"1.82.0":             "exact stable 1.82.0 1.82.0 3  ",
		"1.82":               "moving stable 1.82 1.82.0 2  ",
		"1":                  "moving stable 1 1.0.0 1  ",
		"stable":             "moving stable  0.0.0 0  ",
		"nightly":            "moving nightly  0.0.0 0  ",
		"nightly-2025-01-01": "dated nightly  0.0.0 0 2025-01-01 ",
		"beta-2025-01-01":    "dated beta  0.0.0 0 2025-01-01 ",
		"stable-2025-01-09-x86_64-pc-windows-msvc": "dated stable  0.0.0 0 2025-01-09 x86_64-pc-windows-msvc",
		"1.82.0-x86_64-unknown-linux-gnu":          "exact stable 1.82.0 1.82.0 3  x86_64-unknown-linux-gnu",
		"stable-x86_64-unknown-linux-gnu":          "moving stable  0.0.0 0  x86_64-unknown-linux-gnu",
		"1.83.0-beta.2":                            "exact beta 1.83.0-beta.2 1.83.0 3  ",
		"1.83.0-beta":                              "moving beta 1.83.0-beta 1.83.0 3  ",
		"esp":                                      "custom   0.0.0 0  ",
		"1.x":                                      "custom   0.0.0 0  ",
		"1.82.0.1":                                 "custom   0.0.0 0  ",
		"1.82.0foo":                                "custom   0.0.0 0  ",
		"$RUST":                                    "custom   0.0.0 0  ",
		"99999999999999999999.1.1":                 "custom   0.0.0 0  ",
	} {
		f, err := collectText("rust-toolchain.toml", "[toolchain]\nchannel = '"+channel+"'\n")
		got := fmt.Sprintf("%s %s %s %d.%d.%d %d %s %s", f.Kind, f.Release, f.Version, f.Major, f.Minor, f.Patch, f.Parts, f.Date, f.Host)
		if got != want || err != nil {
			t.Errorf("%s: got %q, want %q (%v)", channel, got, want, err)
		}
	}
}

func TestErrors(t *testing.T) {
	for _, test := range []struct{ name, text, want string }{
		{"rust-toolchain", " \n", "rust-toolchain: an empty toolchain file: name a channel in it or remove it"},
		{"rust-toolchain", "channel = '1.82.0'", "rust-toolchain:1:1: not the name of a toolchain: write the name alone, or rename the file to rust-toolchain.toml"},
		{"rust-toolchain.toml", "1.82.0\n", "rust-toolchain.toml:1:7: expected '.' or '=', but got '\\n' instead: correct the TOML"},
		{"rust-toolchain.toml", "channel = '1.82.0'", "rust-toolchain.toml:1: no [toolchain] table: add one with a channel"},
		{"rust-toolchain.toml", "[toolchain]\nchannel = '1.82.0'\npath = '/opt'", "rust-toolchain.toml:1:1: channel and path exclude each other: keep one of the two"},
		{"rust-toolchain.toml", "[toolchain]\nchannel = 1.82", "rust-toolchain.toml:2:1: toolchain.channel is a number: write a string"},
		{"rust-toolchain.toml", "toolchain = '1.82.0'", "rust-toolchain.toml:1:1: toolchain is a string: write a table"},
	} {
		if _, err := collectText(test.name, test.text); fmt.Sprint(err) != test.want {
			t.Errorf("%q: got %v, want %s", test.text, err, test.want)
		}
	}
	if _, err := Collector.Collect(context.Background(), fstest.MapFS{}, "rust-toolchain"); !os.IsNotExist(err) {
		t.Error(err)
	}
}

func TestLegacy(t *testing.T) {
	for text, want := range map[string]string{
		"1.82.0\n": "exact", "nightly": "moving", "/opt/rust": "path",
		"[toolchain]\nchannel = '1.82.0'\n": "exact",
	} {
		if f, err := collectText("a/rust-toolchain", text); err != nil || f.Kind != want || f.Legacy == strings.Contains(text, "[") {
			t.Errorf("%q: %+v, %v", text, f, err)
		}
	}
}

func TestMatch(t *testing.T) {
	for file, want := range map[string]bool{"rust-toolchain": true, "a/rust-toolchain.toml": true, "rust-toolchain.yml": false, "toolchain.toml": false} {
		if Collector.Match(file, nil) != want {
			t.Error(file)
		}
	}
}

func FuzzCollect(f *testing.F) {
	for _, seed := range []string{
		"1.82.0", "\xef\xbb\xbfstable\r\n", "[toolchain]\r\nchannel = 'nightly-2025-01-01'\r\n", "a = [[[[[\x00",
		"toolchain = {channel = '1-beta-2025-01-01', path = 'x'}", strings.Repeat("[", 10000), "[toolchain]\ncomponents = ['a', 1]",
	} {
		f.Add(seed, true)
		f.Add(seed, false)
	}
	f.Fuzz(func(t *testing.T, text string, old bool) {
		name := map[bool]string{true: "rust-toolchain", false: "rust-toolchain.toml"}[old]
		fsys := fstest.MapFS{name: {Data: []byte(text)}, "rust-toolchain/x": {Mode: fs.ModeDir}}
		docs, err := Collector.Collect(context.Background(), fsys, name)
		if len(docs) == 0 {
			if err == nil {
				t.Fatal("neither a document nor an error")
			}
			return
		}
		if err := facttest.Whole(docs[0].Facts); err != nil {
			t.Fatal(err)
		}
		if span := docs[0].Locate([]any{"channel"}); span.Line < 1 || span.Column < 1 {
			t.Fatal(span)
		}
	})
}
