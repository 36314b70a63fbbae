package envfile

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

var goldens = []string{".env", ".env.example", ".envrc", "etc/default/ledger"}

func TestGolden(t *testing.T) {
	for _, file := range goldens {
		got, err := facttest.Golden(New(), os.DirFS("testdata"), file)
		if err != nil {
			t.Error(err)
			continue
		}
		golden := "testdata/" + strings.Trim(strings.ReplaceAll(file, "/", "_"), ".") + ".golden.json"
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
		for _, raw := range []string{"hunter2", "tok-2f9c81aa", "swordfish", "bm90IGEga2V5", "9f8e7d6c5b4a"} {
			if strings.Contains(string(got), raw) {
				t.Errorf("%s: the facts show %q", file, raw)
			}
		}
	}
}

func TestMatch(t *testing.T) {
	for _, test := range []struct {
		file, head string
		want       bool
	}{
		{".env", "", true},
		{"app.env", "", true},
		{"deploy/.env.production", "", true},
		{".envrc", "", true},
		{"etc/default/app", "A=1\nB=2\n", true},
		{"etc/default/app", "#!/bin/sh\nA=1\n", false},
		{"etc/default/app", "some words\n", false},
		{"environment", "A=1\n", true},
		{"environment", "an essay\non nature\n", false},
		{".env.ts", "A=1\n", false},
		{".env.vault", "A=1\n", false},
		{"src/main.rs", "A=1\n", false},
		{"env/bin", "\x00A=1\n", false},
	} {
		if got := match(test.file, []byte(test.head)); got != test.want {
			t.Errorf("%s %q: %v", test.file, test.head, got)
		}
	}
}

func FuzzCollect(f *testing.F) {
	for _, file := range goldens {
		if data, err := os.ReadFile("testdata/" + file); err == nil {
			f.Add(string(data))
		}
	}
	for _, seed := range []string{"\x00", "\xef\xbb\xbfA=1\r\nB='\r\n", "A=\"" + strings.Repeat("\\", 9), "=", "export ", "A=$(\n" + strings.Repeat("(", 99), "\xff=1"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		docs, err := collect(context.Background(), fstest.MapFS{".env": {Data: []byte(text)}}, ".env")
		if len(docs) == 0 && err == nil {
			t.Fatal("neither a document nor an error")
		}
		for _, d := range docs {
			if err := facttest.Whole(d.Facts); err != nil {
				t.Fatal(err)
			}
			d.Locate(fact.Path{"vars", 0, "value"})
		}
	})
}
