package report

import (
	"math/rand/v2"
	"testing"

	"sallyport/internal/fact"
	"sallyport/internal/finding"
)

// Results are written as encoding/json writes their types.
func TestResultsAreWrittenAsTheirTypes(t *testing.T) {
	r := rand.New(rand.NewPCG(9, 10))
	texts := []string{"", "a", "a b", `"`, `\`, "##[x]y", "#", "\n", "\x00", "\u2028", "ä", "\xff", "<&>", "[a](b)", "/x", "\x7f", "👍"}
	text := func() string { return texts[r.IntN(len(texts))] + texts[r.IntN(len(texts))] }
	span := func() fact.Span {
		return fact.Span{Line: r.IntN(4), Column: r.IntN(4), EndLine: r.IntN(4), EndColumn: r.IntN(6)}
	}
	place := func() finding.Place {
		return finding.Place{At: fact.Path{text(), r.IntN(3)}, File: text(), Span: span()}
	}
	report := sample()
	for range 3000 {
		f := finding.Finding{
			Rule: rootUser, Severity: finding.Severity(1 + r.IntN(4)), Place: place(), Logical: text(), Message: text(),
			Source: text(), Fingerprint: text(), Closes: r.IntN(2) == 0,
		}
		for range r.IntN(3) {
			f.Related = append(f.Related, place())
		}
		if r.IntN(4) == 0 {
			f.Properties = map[string]string{text(): text(), text(): text()}
		}
		if r.IntN(4) == 0 {
			f.Flow = []finding.Step{{Place: place(), Message: text()}}
		}
		if r.IntN(4) == 0 {
			f.Fix = &finding.Fix{Span: span(), Text: text()}
		}
		report.Findings = append(report.Findings, f)
	}
	log, err := newSARIFLog(report)
	if err != nil {
		t.Fatal(err)
	}
	for i := range report.Findings {
		x := log.result(&report.Findings[i])
		var got, want jsonText
		got.result(&x)
		want.any(&x)
		if got.err != nil || string(got.b) != string(want.b) {
			t.Fatalf("%v\ngot  %s\nwant %s", got.err, got.b, want.b)
		}
	}
}
