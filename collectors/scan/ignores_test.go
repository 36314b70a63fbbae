package scan

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"sallyport/internal/fact"
)

// TestIgnoreLists has the lists that scanners find beside what they scan, and that their reports do not show.
func TestIgnoreLists(t *testing.T) {
	trivy := `{"SchemaVersion": 2, "ArtifactName": ".", "ArtifactType": "filesystem", "Results": [{"Target": "Cargo.lock", "Class": "lang-pkgs", "Type": "cargo",
		"ExperimentalModifiedFindings": [{"Type": "vulnerability", "Status": "ignored", "Source": ".trivyignore", "Finding": {"VulnerabilityID": "CVE-1"}}]}]}`
	for name, c := range map[string]struct{ report, file, text, want string }{
		"trivy":       {trivy, ".trivyignore", "# why\nCVE-1\n\nCVE-2 exp:2027-01-01 # later\n", "CVE-1 :0, CVE-2 .trivyignore:4 (exp:2027-01-01 later)"},
		"trivy yaml":  {trivy, ".trivyignore.yaml", "vulnerabilities:\n- id: CVE-3\n  statement: not reached\n- 7\nsecrets: 1\n", "CVE-1 :0, CVE-3 .trivyignore.yaml:1 (not reached)"},
		"trivy.yaml":  {trivy, "trivy.yaml", "severity: [CRITICAL]\nvulnerability: {ignore-unfixed: true}\nscan: {skip-dirs: [a, b]}\n", "CVE-1 :0; trivy.yaml severity=CRITICAL, trivy.yaml vulnerability.ignore-unfixed=true, trivy.yaml scan.skip-dirs=a, b"},
		"osv":         {`{"results":[{"source":{"path":"/src/api/Cargo.lock","type":"lockfile"},"packages":[{"package":{"name":"a","version":"1.0.0","ecosystem":"crates.io"}}]}]}`, "api/osv-scanner.toml", "[[IgnoredVulns]]\nid = 'RUSTSEC-1'\nreason = 'x'\n[[PackageOverrides]]\nname = 'b'\nignore = true\n", "RUSTSEC-1 api/osv-scanner.toml:1 (x), everything about b api/osv-scanner.toml:1"},
		"broken":      {trivy, ".trivyignore.yaml", "a: [", "CVE-1 :0"},
		"gitleaks":    {`[{"RuleID": "a", "Match": "m", "Secret": "s", "Fingerprint": "f", "StartLine": 1}]`, ".gitleaksignore", "a:b:1\n", "a:b:1 .gitleaksignore:1"},
		"of another":  {trivy, ".gitleaksignore", "a:b:1\n", "CVE-1 :0"},
		"not a table": {trivy, "trivy.yaml", "- x\n", "CVE-1 :0"},
	} {
		fsys := fstest.MapFS{"report.json": {Data: []byte(c.report)}, c.file: {Data: []byte(c.text)}, "api/Cargo.lock": {}}
		docs, err := New(Options{}).Collect(t.Context(), fsys, "report.json")
		if err != nil || len(docs) != 1 {
			t.Errorf("%s: %v", name, err)
			continue
		}
		var got, narrowed []string
		settings := docs[0].Facts.(Report).Settings
		for k, i := range settings.Ignored {
			source := fmt.Sprintf("%s %s:%d", i.ID, strings.Repeat(i.Source, min(i.Line, 1)), i.Line)
			if i.Reason != "" {
				source += " (" + i.Reason + ")"
			}
			got = append(got, source)
			if span, _ := docs[0].Spans(fact.Path{"settings", "ignored", k}); i.Line > 0 && (span.File != c.file || span.Line != i.Line) {
				t.Errorf("%s: the place of %s is %+v", name, i.ID, span)
			}
		}
		for k, n := range settings.Narrowed {
			narrowed = append(narrowed, n.Name+"="+n.Value)
			docs[0].Locate(fact.Path{"settings", "narrowed", k})
		}
		said := strings.Join(got, ", ")
		if len(narrowed) > 0 {
			said += "; " + strings.Join(narrowed, ", ")
		}
		if diff := cmp.Diff(c.want, said); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}
