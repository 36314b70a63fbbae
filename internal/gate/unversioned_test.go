package gate

import (
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"
	"time"
)

var (
	digest = regexp.MustCompile(`@?sha(256|512):[0-9a-f]{8,128}`)
	tagged = regexp.MustCompile(`((?:[a-z0-9][a-z0-9._-]*(?::[0-9]+)?/)*[a-z][a-z0-9._-]*)(:[A-Za-z0-9_][A-Za-z0-9._-]*)(/?)`)
)

// byPattern is what unversioned does, in regular expressions.
func byPattern(s string) string {
	return tagged.ReplaceAllStringFunc(digest.ReplaceAllString(s, ""), func(ref string) string {
		m := tagged.FindStringSubmatch(ref)
		if m[3] != "" {
			return ref
		}
		return m[1]
	})
}

func TestUnversionedIsAsThePatterns(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	parts := []string{
		"a", "z9", "9", "80", "9b", ":", ":", "/", "/", ".", "-", "_", "A", " ", "@", "sha256:", "sha512:", "0123456789abcdef", "sha", "ä",
		"registry.example.com:5000/", "team/app:1.2.3", "@sha256:", strings.Repeat("0f", 70), "a:1/", "9b:2/", "\x00",
	}
	for range 50_000 {
		var b strings.Builder
		for range 1 + r.IntN(9) {
			b.WriteString(parts[r.IntN(len(parts))])
		}
		if s := b.String(); unversioned(s) != byPattern(s) {
			t.Fatalf("%q\ngot  %q\nwant %q", s, unversioned(s), byPattern(s))
		}
	}
}

// The time grows with the text, whatever it is.
func TestUnversionedIsLinear(t *testing.T) {
	for _, part := range []string{"a", ".", "9", "a/", "9/", "a:1/", "9:1/", "9a:", "-a:", "a.:", "sha256:", "sha256:0", "9a"} {
		text := strings.Repeat(part, 1<<20/len(part))
		for _, end := range []string{" ", ":", ":-", ":x"} {
			start := time.Now()
			unversioned(":" + text + end)
			if took := time.Since(start); took > 2*time.Second {
				t.Errorf("%q, %q: %s", part, end, took)
			}
		}
	}
}
