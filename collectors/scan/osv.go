package scan

import (
	"slices"
	"strings"

	"sallyport/internal/cvss"
	"sallyport/internal/fact"
)

// osvScanner reads osv-scanner's models.VulnerabilityResults (https://google.github.io/osv-scanner/output/). Advisories
// of one group are one vulnerability under several names. The report has neither a date nor a version, and names
// packages without a vulnerability only where it was asked to.
func osvScanner(n node, r *Report, at *origins) {
	at.fields = map[string]fact.Path{"subject": {"results"}, "subject.targets": {"results"}, "results": {"results"}}
	at.parts = map[string]fact.Path{
		"subject.targets.name": {"source", "path"}, "subject.targets.type": {"source", "type"},
		"results.id": {"ids"}, "results.aliases": {"aliases"}, "results.score": {"max_severity"},
	}
	r.Tool.Name, r.Subject.Kind = "osv-scanner", "filesystem"
	for _, result := range n.key("results").need().list() {
		source := result.either("source", "packageSource")
		target := Target{Name: source.key("path").text(), Class: "lang-pkgs", Type: source.key("type").text()}
		packages := result.key("packages").list()
		target.Packages = len(packages)
		r.Subject.DependencyCount += target.Packages
		at.target(result, r, target)
		for _, pkg := range packages {
			osvPackage(pkg, target.Name, r, at)
		}
	}
}

func osvPackage(n node, target string, r *Report, at *origins) {
	pkg := n.key("package")
	base := Result{
		Kind: "vulnerability", Status: "affected", Target: target,
		Package: pkg.key("name").text(), Version: pkg.key("version").text(),
	}
	if base.Version == "" {
		base.Version = pkg.key("commit").text()
	}
	vulnerabilities := map[string]node{}
	var loose []node
	grouped := map[string]bool{}
	groups := n.key("groups").list()
	for _, group := range groups {
		for _, id := range group.key("ids").texts() {
			grouped[id] = true
		}
	}
	for _, v := range n.key("vulnerabilities").list() {
		id := v.key("id").text()
		vulnerabilities[id] = v
		if !grouped[id] {
			loose = append(loose, v)
		}
	}
	for _, group := range groups {
		ids := group.key("ids").texts()
		if len(ids) == 0 {
			group.mistake("%s names no advisory", group.path)
			continue
		}
		for _, part := range osvParts(ids) {
			osvResult(group, part, group.key("max_severity"), vulnerabilities, base, r, at)
		}
	}
	for _, v := range loose {
		id := v.key("id").text()
		osvResult(v, []string{id}, node{from: n.from}, vulnerabilities, base, r, at)
	}
	for i, license := range n.key("license_violations").list() {
		res := base
		res.Kind, res.ID, res.Status, res.Severity = "license", license.text(), "found", "unknown"
		res.Level, res.Title = "error", "its license is not one that is allowed"
		res.Name = res.ID + "@" + res.Package
		at.result(n.key("license_violations").step(i, license.value), r, res)
	}
}

// osvParts tells advisories of RustSec apart that share an alias, such as one about a mistake and one that the package is
// not maintained. Names of other databases go with the first.
func osvParts(ids []string) [][]string {
	var others []string
	var parts [][]string
	for _, id := range ids {
		if strings.HasPrefix(id, "RUSTSEC-") {
			parts = append(parts, []string{id})
		} else {
			others = append(others, id)
		}
	}
	if parts == nil {
		return [][]string{others}
	}
	parts[0] = append(parts[0], others...)
	return parts
}

// osvResult reads advisories of one group that are one vulnerability. RustSec's own name comes first.
func osvResult(n node, ids []string, score node, all map[string]node, res Result, r *Report, at *origins) {
	res.ID = ids[0]
	aliases := append(slices.Clone(ids), n.key("aliases").texts()...)
	res.Score, res.Severity = score.score(), "unknown"
	for _, id := range ids {
		v := all[id]
		if v.from == nil {
			continue
		}
		aliases = append(aliases, v.key("aliases").texts()...)
		if res.Title == "" {
			res.Title = v.key("summary").text()
		}
		res.FixedVersions = append(res.FixedVersions, osvFixed(v, res.Package)...)
		for _, severity := range v.key("severity").list() {
			if s, _ := cvss.Rate(severity.key("score").text()); s > res.Score {
				res.Score = s
			}
		}
		if word := v.key("database_specific"); res.Severity == "unknown" && word.object() {
			text, _ := word.key("severity").value.(string)
			res.Severity = cvss.Word(text)
		}
		if kind := osvKind(v); kind != "" {
			res.Kind = kind
		}
	}
	if res.Score > 0 {
		res.Severity = rating(res.Score)
	}
	slices.Sort(aliases)
	res.Aliases = slices.DeleteFunc(slices.Compact(aliases), func(a string) bool { return a == res.ID || a == "" })
	slices.Sort(res.FixedVersions)
	res.FixedVersions = slices.Compact(res.FixedVersions)
	res.Name = res.ID + "@" + res.Package + "@" + res.Version
	at.result(n, r, res)
}

// osvKind is the informational kind of a RustSec advisory.
func osvKind(n node) string {
	for _, affected := range n.key("affected").list() {
		if specific := affected.key("database_specific"); specific.object() {
			if kind, _ := specific.key("informational").value.(string); kind != "" {
				return kind
			}
		}
	}
	return ""
}

func osvFixed(n node, pkg string) []string {
	var fixed []string
	for _, affected := range n.key("affected").list() {
		if affected.key("package").key("name").text() != pkg {
			continue
		}
		for _, span := range affected.key("ranges").list() {
			for _, event := range span.key("events").list() {
				if v := event.key("fixed").text(); v != "" {
					fixed = append(fixed, v)
				}
			}
		}
	}
	return fixed
}

// rating is CVSS's word for a score.
func rating(score float64) string {
	switch {
	case score >= 9:
		return "critical"
	case score >= 7:
		return "high"
	case score >= 4:
		return "medium"
	case score > 0:
		return "low"
	}
	return "none"
}
