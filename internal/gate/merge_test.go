package gate

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"sallyport/internal/fact"
	"sallyport/internal/finding"
)

func TestMerge(t *testing.T) {
	strict := &finding.Rule{Name: "cargo_lock/vulnerability", NonNegotiable: true}
	scan := &finding.Rule{Name: "scan/vulnerability", NonNegotiable: true}
	mild := &finding.Rule{Name: "scan/warning"}
	lock := &fact.Document{Kind: "cargo_lock", Path: "Cargo.lock"}
	other := &fact.Document{Kind: "cargo_lock", Path: "b/Cargo.lock"}
	built, listed := &fact.Document{Kind: "image", Path: "app.tar"}, &fact.Document{Kind: "sbom", Path: "app.tar"}
	report := func(path string) *fact.Document { return &fact.Document{Kind: "scan", Path: path} }
	audit, trivy, image := report("audit.json"), report("trivy.json"), report("image.json")
	of := func(rule *finding.Rule, doc *fact.Document, id, aliases, subject, tool string) finding.Finding {
		p := map[string]string{"advisory": id, "aliases": aliases, "package": "time", "version": "0.1.43", "kind": "vulnerability"}
		if p["subject"] = subject; doc.Kind == "scan" {
			p["tools"] = tool
		}
		return finding.Finding{Rule: rule, Severity: finding.High, Place: finding.Place{Document: doc, File: doc.Path}, Properties: p, Fingerprint: doc.Path + id}
	}
	for name, c := range map[string]struct {
		found []finding.Finding
		want  []string
	}{
		"three tools and the lock file": {[]finding.Finding{
			of(scan, audit, "RUSTSEC-1", "CVE-1", "Cargo.lock", "cargo-audit"),
			of(strict, lock, "RUSTSEC-1", "CVE-1,GHSA-1", "", ""),
			of(scan, trivy, "cve-1", "", "Cargo.lock", "trivy"),
		}, []string{"Cargo.lock RUSTSEC-1 [CVE-1,GHSA-1] sallyport, cargo-audit, trivy +2"}},
		"an alias that only another tool knows": {[]finding.Finding{
			of(scan, audit, "RUSTSEC-1", "CVE-1", "", "cargo-audit"),
			of(scan, report("osv.json"), "GHSA-1", "CVE-1", "Cargo.lock", "osv-scanner"),
			of(scan, report("grype.json"), "GHSA-1", "", "Cargo.lock", "grype"),
		}, []string{"audit.json RUSTSEC-1 [CVE-1,GHSA-1] cargo-audit, osv-scanner, grype +2"}},
		"a report that makes one of two": {[]finding.Finding{
			of(strict, lock, "RUSTSEC-1", "CVE-1", "", ""),
			of(scan, report("forged.json"), "RUSTSEC-1", "CVE-2", "Cargo.lock", "osv-scanner"),
			of(scan, trivy, "CVE-2", "", "Cargo.lock", "trivy"),
		}, []string{"Cargo.lock RUSTSEC-1 [CVE-1,CVE-2] sallyport, osv-scanner +1", "trivy.json CVE-2 [] trivy"}},
		"another subject": {[]finding.Finding{
			of(strict, lock, "RUSTSEC-1", "CVE-1", "", ""),
			of(strict, other, "RUSTSEC-1", "CVE-1", "", ""),
			of(scan, image, "CVE-1", "", "sha256:1", "trivy"),
		}, []string{"Cargo.lock RUSTSEC-1 [CVE-1] ", "b/Cargo.lock RUSTSEC-1 [CVE-1] ", "image.json CVE-1 [] trivy"}},
		"an image, its catalogue, and a report about it": {[]finding.Finding{
			of(strict, built, "RUSTSEC-1", "CVE-1", "sha256:1,sha256:2", ""),
			of(strict, listed, "RUSTSEC-1", "CVE-1", "sha256:2", ""),
			of(strict, listed, "RUSTSEC-2", "", "sha256:2", ""),
			of(scan, image, "CVE-1", "", "sha256:1", "trivy"),
			of(scan, image, "RUSTSEC-2", "", "sha256:2", "trivy"),
			of(scan, image, "RUSTSEC-2", "", "sha256:3", "trivy"),
		}, []string{"app.tar RUSTSEC-1 [CVE-1] sallyport, trivy +1", "app.tar RUSTSEC-2 [] sallyport, trivy +1", "image.json RUSTSEC-2 [] trivy"}},
		"a bill beside the image stays": {[]finding.Finding{
			of(strict, built, "RUSTSEC-1", "", "sha256:1", ""),
			of(strict, &fact.Document{Kind: "sbom", Path: "app.cdx.json"}, "RUSTSEC-1", "", "sha256:1", ""),
		}, []string{"app.tar RUSTSEC-1 [] ", "app.cdx.json RUSTSEC-1 [] "}},
		"two advisories of one report": {[]finding.Finding{
			of(scan, audit, "RUSTSEC-1", "CVE-1", "Cargo.lock", "cargo-audit"),
			of(scan, audit, "RUSTSEC-2", "CVE-1", "Cargo.lock", "cargo-audit"),
			of(scan, audit, "RUSTSEC-2", "CVE-1", "Cargo.lock", "cargo-audit"),
		}, []string{"audit.json RUSTSEC-1 [CVE-1] cargo-audit", "audit.json RUSTSEC-2 [CVE-1] cargo-audit +1"}},
		"the stricter stays": {[]finding.Finding{
			of(mild, audit, "RUSTSEC-1", "", "Cargo.lock", "cargo-audit"),
			of(scan, trivy, "RUSTSEC-1", "", "Cargo.lock", "trivy"),
		}, []string{"trivy.json RUSTSEC-1 [] trivy, cargo-audit +1"}},
		"nothing to merge": {[]finding.Finding{
			{Rule: mild, Place: finding.Place{Document: audit, File: "audit.json"}},
			of(scan, trivy, "RUSTSEC-1", "", "", "trivy"),
		}, []string{"audit.json  [] ", "trivy.json RUSTSEC-1 [] trivy"}},
	} {
		var got []string
		for _, f := range merge(c.found) {
			s := f.File + " " + f.Properties["advisory"] + " [" + f.Properties["aliases"] + "] " + f.Properties["tools"]
			if n := len(f.Related); n > 0 {
				s += " +" + string(rune('0'+n))
			}
			got = append(got, s)
			if f.Fingerprint != "" && f.Fingerprint != f.Document.Path+f.Properties["advisory"] {
				t.Errorf("%s: the fingerprint has changed: %s", name, f.Fingerprint)
			}
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

// TestMergedNames holds that a waiver does not match by a name that a report gave to what the gate itself found.
func TestMergedNames(t *testing.T) {
	rule := &finding.Rule{Name: "cargo_lock/vulnerability", NonNegotiable: true}
	lock, report := &fact.Document{Kind: "cargo_lock", Path: "Cargo.lock"}, &fact.Document{Kind: "scan", Path: "forged.json"}
	of := func(doc *fact.Document, aliases string) finding.Finding {
		return finding.Finding{Rule: rule, Place: finding.Place{Document: doc}, Properties: map[string]string{
			"advisory": "RUSTSEC-1", "aliases": aliases, "package": "time", "version": "0.1.43",
		}}
	}
	found := merge([]finding.Finding{of(lock, "CVE-1"), of(report, "CVE-2")})
	if len(found) != 1 || found[0].Properties["aliases"] != "CVE-1,CVE-2" {
		t.Fatalf("%+v", found)
	}
	if diff := cmp.Diff([]string{"RUSTSEC-1", "CVE-1"}, found[0].Names); diff != "" {
		t.Error(diff)
	}
}
