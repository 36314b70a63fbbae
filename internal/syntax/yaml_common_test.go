package syntax

import (
	"bytes"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"go.yaml.in/yaml/v3"
)

// What the reader of common YAML takes, it reads as the library does.
func sameAsLibrary(t *testing.T, chunk []byte) (common bool) {
	t.Helper()
	got := yamlCommon(chunk)
	if got == nil {
		return false
	}
	want, err := yamlLibrary(chunk)
	if err != nil || len(want) != 1 {
		t.Fatalf("the library has %d documents, %v:\n%s", len(want), err, chunk)
	}
	if !sameNode(got, want[0], map[*yaml.Node]*yaml.Node{}) {
		diff := cmp.Diff(want[0], got, cmpopts.IgnoreFields(yaml.Node{}, "HeadComment", "LineComment", "FootComment", "Alias"), cmpopts.EquateEmpty())
		t.Fatalf("%s\nof\n%s", diff, chunk)
	}
	return true
}

func sameNode(a, b *yaml.Node, seen map[*yaml.Node]*yaml.Node) bool {
	seen[a] = b
	if a.Kind != b.Kind || a.Style != b.Style || a.Tag != b.Tag || a.Value != b.Value || a.Anchor != b.Anchor || a.Line != b.Line ||
		a.Column != b.Column || len(a.Content) != len(b.Content) || seen[a.Alias] != b.Alias {
		return false
	}
	for i := range a.Content {
		if !sameNode(a.Content[i], b.Content[i], seen) {
			return false
		}
	}
	return true
}

// yamlFiles are the YAML files of the repository, and of a folder that SALLYPORT_YAML names.
func yamlFiles(t testing.TB) (texts [][]byte) {
	t.Helper()
	for _, root := range []string{"../..", os.Getenv("SALLYPORT_YAML")} {
		if root == "" {
			continue
		}
		err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			if ext := filepath.Ext(path); ext == ".yaml" || ext == ".yml" {
				if text, err := os.ReadFile(path); err == nil && len(text) < 1<<20 {
					texts = append(texts, text)
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return texts
}

func TestCommonYAMLIsAsTheLibraryReadsIt(t *testing.T) {
	for _, text := range []string{commonSeed, benchmarkManifest} {
		if !sameAsLibrary(t, []byte(text)) {
			t.Errorf("not common:\n%s", text)
		}
	}
	common, all := 0, 0
	for _, text := range yamlFiles(t) {
		for _, chunk := range yamlChunks(text) {
			all++
			if sameAsLibrary(t, chunk) {
				common++
			}
		}
	}
	t.Logf("%d of %d documents are common", common, all)
	if common < all/2 {
		t.Errorf("only %d of %d documents are common", common, all)
	}
}

// Changed a little, text is still read alike, or left to the library.
func TestChangedYAMLIsAsTheLibraryReadsIt(t *testing.T) {
	rounds := 3000
	if os.Getenv("SALLYPORT_YAML") != "" {
		rounds = 60_000
	}
	texts := append(yamlFiles(t), []byte(benchmarkManifest), []byte(commonSeed))
	r := rand.New(rand.NewPCG(7, 8))
	common := 0
	for range rounds {
		text := texts[r.IntN(len(texts))]
		if len(text) > 4000 {
			from := bytes.LastIndexByte(text[:r.IntN(len(text)-2000)+1], '\n') + 1
			text = text[from:min(from+2000, len(text))]
		}
		if sameAsLibrary(t, mutate(r, text)) {
			common++
		}
	}
	t.Logf("%d of %d texts are common", common, rounds)
}

// mutate changes a text at a few places.
func mutate(r *rand.Rand, text []byte) []byte {
	pieces := []string{
		" ", "  ", "\n", ":", ": ", "- ", "-", "#", " #", "\"", "'", "[", "]", "{", "}", ",", ", ", "&a", "*a", "&a ", "|", "|-\n", "|+\n", ">", "!", "!!str ",
		"?", "? ", "<<: ", "---", "---\n", "...", "%", "@", "\\", "\\n", "ä", "\t", "0", "a", "null", "~", "true", "1.5", "0x1f", "2026-01-01", "\n\n", "\n  ",
		"k: |\n  a\n", "- |\n  a\n\n   b\n", "k: &a\n", "- - a\n", "k: {a: b, c: [d]}\n", "k:\n- a\n", "''", "\u2028", "\ufeff", "=", "+", ".",
	}
	text = bytes.Clone(text)
	for range 1 + r.IntN(3) {
		at := r.IntN(len(text) + 1)
		piece := pieces[r.IntN(len(pieces))]
		switch r.IntN(4) {
		case 0: // take out
			text = append(text[:at:at], text[min(at+r.IntN(4), len(text)):]...)
		case 1: // a line in front of another
			at = bytes.LastIndexByte(text[:at], '\n') + 1
			text = append(text[:at:at], append([]byte(strings.Repeat(" ", r.IntN(7))+piece), text[at:]...)...)
		default:
			text = append(text[:at:at], append([]byte(piece), text[at:]...)...)
		}
	}
	return text
}

const commonSeed = `# all that is common
---
a: 1
"b c": 'it''s'
d: # below
  - e: &one {f: "g\n", h: [i, -1, 2.5, ~]}
    j: *one
  - - k
    - null
  -
    l:
  -
m: &two
- n
- |
  o

    p
- |-
  q
r: |+
  s

t:
  <<: *one
  u: http://v:80/#w
x: yes # y
z: 2026-01-01
`

// The time grows with the text, also where all of it is one line.
func TestCommonYAMLIsLinear(t *testing.T) {
	for _, part := range []string{`"ä", `, "'', ", "ä, ", "*a, ", "{ä: b}, ", "a b "} {
		text := []byte("k: &a v\nl: [" + strings.Repeat(part, 1<<20/len(part)) + "e]\n")
		start := time.Now()
		if yamlCommon(text) == nil {
			t.Errorf("%q is not common", part)
		}
		if took := time.Since(start); took > 2*time.Second {
			t.Errorf("%q: %s", part, took)
		}
	}
}

func FuzzCommonYAML(f *testing.F) {
	f.Add([]byte(commonSeed))
	f.Add([]byte(benchmarkManifest))
	f.Fuzz(func(t *testing.T, text []byte) {
		for _, chunk := range yamlChunks(text) {
			sameAsLibrary(t, chunk)
		}
	})
}
