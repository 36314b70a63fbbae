package gate

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"sallyport/internal/fact"
	"sallyport/internal/finding"
)

func TestOnce(t *testing.T) {
	of := func(rule, kind, file, database string, severity finding.Severity) finding.Finding {
		f := finding.Finding{
			Rule: &finding.Rule{Name: rule}, Severity: severity, Place: finding.Place{Document: &fact.Document{Kind: kind, Path: file}, File: file},
		}
		if database != "" {
			f.Properties = map[string]string{"database": database}
		}
		return f
	}
	old := func(kind, file string) finding.Finding {
		return of(kind+"/advisories_stale", kind, file, "osv of 2026", finding.High)
	}
	for name, c := range map[string]struct {
		found []finding.Finding
		want  []string
	}{
		"the lock file stays": {
			[]finding.Finding{old("sbom", "a.json"), of("sbom/stale", "sbom", "a.json", "", finding.Low), old("cargo_lock", "b/Cargo.lock"), old("cargo_lock", "c/Cargo.lock")},
			[]string{"sbom/stale a.json", "cargo_lock/advisories_stale b/Cargo.lock +a.json +c/Cargo.lock"},
		},
		"the stricter stays": {
			[]finding.Finding{of("cargo_lock/advisories_stale", "cargo_lock", "Cargo.lock", "osv of 2026", finding.Low), old("sbom", "a.json")},
			[]string{"sbom/advisories_stale a.json +Cargo.lock"},
		},
		"one alone":         {[]finding.Finding{old("sbom", "a.json")}, []string{"sbom/advisories_stale a.json"}},
		"another database":  {[]finding.Finding{old("sbom", "a.json"), of("sbom/advisories_stale", "sbom", "b.json", "rustsec of 2025", finding.High)}, []string{"sbom/advisories_stale a.json", "sbom/advisories_stale b.json"}},
		"nothing about one": {[]finding.Finding{of("sbom/stale", "sbom", "a.json", "", finding.Low)}, []string{"sbom/stale a.json"}},
	} {
		var got []string
		for _, f := range once(c.found) {
			s := f.Rule.Name + " " + f.File
			for _, r := range f.Related {
				s += " +" + r.File
			}
			got = append(got, s)
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}
