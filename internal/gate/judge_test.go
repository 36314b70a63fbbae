package gate

import (
	"math/rand/v2"
	"slices"
	"testing"

	"sallyport/internal/fact"
	"sallyport/internal/finding"
)

func TestArrangeIsStable(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	rule := &finding.Rule{Name: "k/r"}
	for range 500 {
		found := make([]finding.Finding, r.IntN(40))
		for i := range found {
			found[i] = finding.Finding{Rule: rule, Severity: finding.Severity(i), Place: finding.Place{Span: fact.Span{Line: r.IntN(12)}}}
		}
		want := slices.Clone(found)
		slices.SortStableFunc(want, func(a, b finding.Finding) int { return a.Span.Line - b.Span.Line })
		arrange(found)
		for i := range found {
			if found[i].Severity != want[i].Severity {
				t.Fatalf("at %d: finding %d, want %d", i, found[i].Severity, want[i].Severity)
			}
		}
	}
}
