package imageref

import (
	_ "crypto/sha512" // the library knows the algorithms that are linked in
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/distribution/reference"
)

// by asks the library.
func by(text string) (Reference, bool) {
	ref, err := reference.ParseNormalizedNamed(text)
	if err != nil {
		return Reference{}, false
	}
	r := Reference{Registry: reference.Domain(ref), Repository: reference.Path(ref)}
	if t, ok := ref.(reference.Tagged); ok {
		r.Tag = t.Tag()
	}
	if d, ok := ref.(reference.Digested); ok {
		r.Digest = d.Digest().String()
	}
	return r, true
}

func agree(t *testing.T, text string) bool {
	t.Helper()
	want, ok := by(text)
	got, err := Parse(text)
	if got != want || (err == nil) != ok {
		t.Errorf("%q: got %+v, %v, want %+v, %v", text, got, err, want, ok)
	}
	return ok
}

var seeds = []string{
	"debian", "debian:12", "library/debian", "docker.io/debian", "index.docker.io/x/y:1", "localhost/x", "localhost:5000/x:y",
	"gcr.io/distroless/static-debian12:nonroot@sha256:" + strings.Repeat("0a", 32), "a/b/c", "Foo/bar", "foo/Bar", "foo:",
	"foo@", "foo@sha256:abc", "foo@sha512:" + strings.Repeat("0", 128), "foo@SHA256:" + strings.Repeat("0", 64), "[::1]:5000/x",
	"[fe80::1]/x:1", "a..b/c", "a__b", "a___b", "a--b", "a.-b", "-a", "a-", "a_", "", "/", "a//b", ":1", "x.y", "x.y/z", "UPPER",
	"UPPER/x", "a:b/c", "a:1/c", "a:/c", strings.Repeat("a", 64), strings.Repeat("g", 64), strings.Repeat("a/", 127) + "a",
	strings.Repeat("a", 255), strings.Repeat("a", 256), "x/" + strings.Repeat("a", 254), "foo:" + strings.Repeat("t", 129), "foo bar", "foo\n", "ä",
	"a.b:80/c@sha256:" + strings.Repeat("F", 64), "example.com:-1/x", "ex_ample.com/x", "x@y@z", "foo:.t", "foo:-t", "foo:_t",
}

func TestAgreesWithTheLibrary(t *testing.T) {
	valid := 0
	for _, s := range seeds {
		if agree(t, s) {
			valid++
		}
	}
	// Mutations of what is valid reach the borders of the grammar.
	r := rand.New(rand.NewPCG(1, 1))
	const letters = "aB0.-_:/@[]ü"
	for range 200000 {
		b := []byte(seeds[r.IntN(len(seeds))])
		for range 1 + r.IntN(3) {
			i := r.IntN(len(b) + 1)
			c := letters[r.IntN(len(letters))]
			switch {
			case r.IntN(2) == 0 || i == len(b):
				b = append(b[:i], append([]byte{c}, b[i:]...)...)
			default:
				b[i] = c
			}
		}
		if agree(t, string(b)) {
			valid++
		}
		if t.Failed() {
			return
		}
	}
	if valid < 1000 {
		t.Errorf("only %d valid references", valid)
	}
}
