package report

import (
	"io"
	"testing"
)

// BenchmarkWriters renders as many findings as code scanning services take.
func BenchmarkWriters(b *testing.B) {
	r := many(25_000, "the final stage runs as \"root\"")
	for i := range r.Findings {
		r.Findings[i].Source = "USER root"
	}
	for name, write := range Formats {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if err := write(io.Discard, r); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
