package cargolock

import (
	"fmt"
	"runtime"
	"strings"
	"testing"
	"testing/fstest"

	"sallyport/internal/fact"
)

// large is a lock file of n packages of five dependencies each; a third have several versions.
func large(n int) []byte {
	var b strings.Builder
	b.WriteString("version = 4\n")
	for i := range n {
		fmt.Fprintf(&b, "\n[[package]]\nname = \"crate-%d\"\nversion = \"1.%d.0\"\n", i-i%3%2, i%3)
		if i > 0 {
			fmt.Fprintf(&b, "source = \"registry+https://github.com/rust-lang/crates.io-index\"\nchecksum = \"%064x\"\n", i)
		}
		b.WriteString("dependencies = [\n")
		for k := 1; k <= 5 && i+k*7 < n; k++ {
			to := i + k*7
			fmt.Fprintf(&b, " \"crate-%d 1.%d.0\",\n", to-to%3%2, to%3)
		}
		b.WriteString("]\n")
	}
	return []byte(b.String())
}

// TestLarge: 100 000 packages, and the place of the last of them.
func TestLarge(t *testing.T) {
	if testing.Short() {
		t.Skip("long")
	}
	const n = 100_000
	lock, doc, err := read(fstest.MapFS{"Cargo.lock": {Data: large(n)}}, "Cargo.lock")
	if err != nil || lock.Count != n || len(lock.Duplicates) == 0 {
		t.Fatal(lock.Count, len(lock.Duplicates), err)
	}
	for _, i := range []int{0, n / 2, n - 1} {
		span, ok := doc.Spans(fact.Path{"packages", i, "name"})
		if !ok || span.EndColumn <= span.Column {
			t.Errorf("package %d is at %+v", i, span)
		}
	}
	if _, _, err := parse(strings.Repeat("[[package]]\nname = 'a'\nversion = '1.0.0'\nsource = 'registry+https://github.com/rust-lang/crates.io-index'\n", maxPackages+1)); err == nil ||
		!strings.Contains(err.Error(), "200001 packages, more than the limit of 200000") {
		t.Error(err)
	}
	const long = n / 5
	// A chain of dependencies as long as the file must not make it grow with its square.
	var b strings.Builder
	b.WriteString("version = 4\n")
	for i := range long {
		fmt.Fprintf(&b, "[[package]]\nname = \"crate-%d\"\nversion = \"1.0.0\"\ndependencies = [\"crate-%d\"]\n", i, (i+1)%long)
	}
	if lock, _, err = parse(b.String()); err != nil || len(lock.Packages[long-1].Chain) > maxChain+len(" > ...") {
		t.Error(err, lock.Packages[long-1].Chain)
	}
}

func BenchmarkCollect(b *testing.B) {
	for _, n := range []int{1_000, 10_000, 100_000} {
		data := large(n)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			b.SetBytes(int64(len(data)))
			b.ReportAllocs()
			for b.Loop() {
				lock, _, err := read(fstest.MapFS{"Cargo.lock": {Data: data}}, "Cargo.lock")
				if err != nil {
					b.Fatal(err)
				}
				runtime.KeepAlive(lock)
			}
		})
	}
}
