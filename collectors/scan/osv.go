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
	for _, result := range n.Key("results").Need().List() {
		source := result.Either("source", "packageSource")
		target := Target{Name: source.Key("path").Text(), Class: "lang-pkgs", Type: source.Key("type").Text()}
		packages := result.Key("packages").List()
		target.Packages = len(packages)
		r.Subject.DependencyCount += target.Packages
		at.target(result, r, target)
		for _, pkg := range packages {
			osvPackage(pkg, target.Name, r, at)
		}
	}
}

func osvPackage(n node, target string, r *Report, at *origins) {
	pkg := n.Key("package")
	base := Result{
		Kind: "vulnerability", Status: "affected", Target: target,
		Package: pkg.Key("name").Text(), Version: pkg.Key("version").Text(),
	}
	if base.Version == "" {
		base.Version = pkg.Key("commit").Text()
	}
	vulnerabilities := map[string]node{}
	var loose []node
	grouped := map[string]bool{}
	groups := n.Key("groups").List()
	for _, group := range groups {
		for _, id := range group.Key("ids").Texts() {
			grouped[id] = true
		}
	}
	for _, v := range n.Key("vulnerabilities").List() {
		id := v.Key("id").Text()
		vulnerabilities[id] = v
		if !grouped[id] {
			loose = append(loose, v)
		}
	}
	for _, group := range groups {
		ids := group.Key("ids").Texts()
		if len(ids) == 0 {
			group.Mistake("%s names no advisory", group.Path)
			continue
		}
		for _, part := range osvParts(ids) {
			osvResult(group, part, group.Key("max_severity"), vulnerabilities, base, r, at)
		}
	}
	for _, v := range loose {
		id := v.Key("id").Text()
		osvResult(v, []string{id}, node{From: n.From}, vulnerabilities, base, r, at)
	}
	for i, license := range n.Key("license_violations").List() {
		res := base
		res.Kind, res.ID, res.Status, res.Severity = "license", license.Text(), "found", "unknown"
		res.Level, res.Title = "error", "its license is not one that is allowed"
		res.Name = res.ID + "@" + res.Package
		at.result(n.Key("license_violations").Step(i, license.Value), r, res)
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
	aliases := append(slices.Clone(ids), n.Key("aliases").Texts()...)
	res.Score, res.Severity = score.Score(), "unknown"
	for _, id := range ids {
		v := all[id]
		if v.From == nil {
			continue
		}
		aliases = append(aliases, v.Key("aliases").Texts()...)
		if res.Title == "" {
			res.Title = v.Key("summary").Text()
		}
		res.FixedVersions = append(res.FixedVersions, osvFixed(v, res.Package)...)
		for _, severity := range v.Key("severity").List() {
			if s, _ := cvss.Rate(severity.Key("score").Text()); s > res.Score {
				res.Score = s
			}
		}
		if word := v.Key("database_specific"); res.Severity == "unknown" && word.IsObject() {
			text, _ := word.Key("severity").Value.(string)
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
	for _, affected := range n.Key("affected").List() {
		if specific := affected.Key("database_specific"); specific.IsObject() {
			if kind, _ := specific.Key("informational").Value.(string); kind != "" {
				return kind
			}
		}
	}
	return ""
}

func osvFixed(n node, pkg string) []string {
	var fixed []string
	for _, affected := range n.Key("affected").List() {
		if affected.Key("package").Key("name").Text() != pkg {
			continue
		}
		for _, span := range affected.Key("ranges").List() {
			for _, event := range span.Key("events").List() {
				if v := event.Key("fixed").Text(); v != "" {
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
