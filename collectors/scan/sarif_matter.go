package scan

import (
	"slices"
	"strings"
)

// advisories are what the names of advisories begin with.
var advisories = []string{"CVE-", "GHSA-", "RUSTSEC-", "GO-20", "PYSEC-", "OSV-", "MAL-", "DSA-", "DLA-", "USN-", "RHSA-", "ALAS", "TEMP-", "ELSA-"}

func isAdvisory(id string) bool {
	return slices.ContainsFunc(advisories, func(p string) bool { return strings.HasPrefix(id, p) })
}

// leakers are tools all of whose results are secrets.
var leakers = []string{"gitleaks", "trufflehog", "detect-secrets", "ggshield", "betterleaks"}

// matter tells what a result of SARIF is about, which the format has no word for: a package with an advisory,
// a secret, a setting, or something in the code.
func (s *sarif) matter(n, rule node, res *Result) {
	class, _ := rule.Key("name").Value.(string)
	var tags []string
	if properties := rule.Key("properties"); properties.IsObject() {
		if list, ok := properties.Key("tags").Value.([]any); ok {
			for _, tag := range list {
				text, _ := tag.(string)
				tags = append(tags, strings.ToLower(text))
			}
		}
	}
	text, _ := n.Key("message").Key("text").Value.(string)
	judged := res.Status // the kind of a result that is no failure
	switch {
	case slices.Contains(leakers, s.report.Tool.Name), class == "Secret", slices.Contains(tags, "secret"), slices.Contains(tags, "secrets"):
		res.Kind, res.Status = "secret", "found"
		s.hide(n)
	case isAdvisory(res.ID):
		res.Kind, res.Status = "vulnerability", "affected"
		if title, _ := rule.Key("shortDescription").Key("text").Value.(string); title != "" {
			res.Title = firstSentence(title)
		}
		sarifPackage(text, res)
	case class == "Misconfiguration", slices.Contains(tags, "misconfiguration"):
		res.Kind, res.Status = "misconfiguration", "fail"
	case strings.HasPrefix(res.ID, "clippy::") || s.report.Tool.Name == "clippy":
		res.Kind, res.Status = "lint", res.Level
	}
	if judged != "open" {
		res.Status = judged
	}
	if res.Kind != "finding" && res.Severity == "low" && res.Score == 0 && res.Kind != "lint" {
		res.Severity = "unknown"
	}
	if res.Level == "none" && res.Score == 0 {
		res.Severity = "none"
	}
}

// hide keeps the excerpts of a secret out of every output.
func (s *sarif) hide(n node) {
	for _, place := range n.Key("locations").List() {
		physical := place.Key("physicalLocation")
		for _, part := range []string{"region", "contextRegion"} {
			hide(physical.Key(part).Key("snippet"), "text")
		}
	}
}

// sarifPackage reads the package out of the messages of scanners, which have no other place for it.
//
//	osv-scanner: Package 'time@0.1.43' is vulnerable to 'RUSTSEC-2020-0071' (also known as 'CVE-2020-26235').
//	Trivy: Package: time\nInstalled Version: 0.1.43\nVulnerability CVE-2020-26235\nSeverity: MEDIUM\nFixed Version: 0.2.23\n...
//	Grype: A medium vulnerability in rust-crate package: time, version 0.1.43 was found at: /Cargo.lock
//	cargo-audit: time 0.1.43 ...
func sarifPackage(text string, res *Result) {
	if rest, ok := strings.CutPrefix(text, "Package '"); ok {
		named, rest, _ := strings.Cut(rest, "'")
		at := max(strings.LastIndexByte(named, '@'), 0)
		res.Package, res.Version = named[:at], strings.TrimPrefix(named[at:], "@")
		for i, word := range strings.Split(rest, "'") {
			if i%2 == 1 && isAdvisory(word) && word != res.ID && !slices.Contains(res.Aliases, word) {
				res.Aliases = append(res.Aliases, word)
			}
		}
		return
	}
	if _, rest, ok := strings.Cut(text, " package: "); ok {
		if pkg, rest, ok := strings.Cut(rest, ", version "); ok {
			res.Package = pkg
			res.Version, _, _ = strings.Cut(rest, " ")
			res.ID = strings.TrimSuffix(res.ID, "-"+pkg)
		}
		return
	}
	for line := range strings.SplitSeq(text, "\n") {
		key, value, _ := strings.Cut(line, ": ")
		switch value = strings.TrimSpace(value); key {
		case "Package":
			res.Package = value
		case "Installed Version":
			res.Version = value
		case "Fixed Version":
			res.FixedVersions = commas(value)
		}
	}
}

// concern is what the run looked for, as its results or its rules tell.
func (s *sarif) concern() {
	r := s.report
	for i := range r.Results {
		switch r.Results[i].Kind {
		case "vulnerability":
			r.Concern = "vulnerabilities"
			return
		case "secret":
			r.Concern = "secrets"
		case "lint":
			r.Concern = "lints"
		}
	}
	switch r.Tool.Name {
	case "trivy", "grype", "osv-scanner", "cargo-audit", "cargo audit":
		if len(r.Results) == 0 {
			r.Concern = "vulnerabilities"
		}
	}
	if slices.Contains(leakers, r.Tool.Name) {
		r.Concern = "secrets"
	}
}
