package admission

import (
	"context"
	"os"
	"testing"
)

// BenchmarkReview measures the steps of a decision. internal/bench/review holds it against the floor.
func BenchmarkReview(b *testing.B) {
	body, err := os.ReadFile("testdata/pod.json")
	if err != nil {
		b.Fatal(err)
	}
	d := deciderWith(b, "", Options{Bundle: allRules(b).Profile})
	b.Run("read", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := read(body); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("document", func(b *testing.B) {
		b.ReportAllocs()
		r, _ := read(body)
		for b.Loop() {
			if _, err := document(r, r.object, 0); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("review", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if out := d.Review(context.Background(), body); !out.Allowed {
				b.Fatal(string(out.Body))
			}
		}
	})
}
