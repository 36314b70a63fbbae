package scan

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"sallyport/internal/cvss"
	"sallyport/internal/fact"
)

// cargoDeny reads the lines of cargo deny --format json check (https://embarkstudios.github.io/cargo-deny/): diagnostics, and
// a summary that counts them. Notes and helps are what was looked at and found well.
func cargoDeny(n node, r *Report, at *origins) {
	at.parts = map[string]fact.Path{
		"results.id": {"fields", "code"}, "results.title": {"fields", "message"}, "results.level": {"fields", "severity"},
		"results.package": {"fields", "graphs"}, "results.version": {"fields", "graphs"},
	}
	r.Tool.Name, r.Subject.Kind, r.Subject.Counted = "cargo-deny", "dependencies", false
	errors := 0
	for _, line := range n.List() {
		fields := line.Key("fields")
		switch line.Key("type").Text() {
		case "diagnostic":
			if fields.Key("severity").Text() == "error" {
				errors++
			}
			denyDiagnostic(line, fields, r, at)
		case "log":
			if fields.Key("level").Text() == "ERROR" {
				at.failed(line, r, "log", firstSentence(fields.Key("message").Text()))
			}
		case "summary":
			r.Counts.Stated = true
			stated := 0
			if fields.IsObject() {
				checks := slices.Sorted(maps.Keys(fields.Value.(map[string]any)))
				for _, check := range checks {
					stated += fields.Key(check).Key("errors").Count()
				}
				if !slices.Contains(checks, "advisories") {
					at.narrowed(line, r, "checks", strings.Join(checks, ", "))
				}
			}
			r.Counts.Vulnerabilities, r.Counts.Found = stated, stated > 0
			at.fields = map[string]fact.Path{"counts": append(slices.Clone(line.Path), "fields")}
		}
	}
	r.Counts.Listed = errors
	if !r.Counts.Stated {
		at.failed(n, r, "summary", "the report ends before its summary")
	}
	r.Counts.Contradictory = r.Counts.Stated && r.Counts.Vulnerabilities != errors
}

// denied are the diagnostics outside of advisories that refuse a package, by what they are about.
var denied = map[string]string{
	"rejected": "license", "unlicensed": "license", "parse-error": "license", "gather-failure": "license", "no-license-field": "license",
	"empty-license-field": "license", "missing-clarification-file": "license",
	"source-not-allowed": "source", "git-source-underspecified": "source",
}

func denyDiagnostic(line, n node, r *Report, at *origins) {
	code, level, advisory := n.Key("code").Text(), n.Key("severity").Text(), n.Key("advisory")
	name, version := denyPackage(n)
	switch code {
	case "advisory-ignored", "yanked-ignored":
		i := Ignore{ID: advisory.Key("id").Text(), Package: strings.TrimSuffix(name+"@"+version, "@"), Status: "ignored", Source: "deny.toml"}
		if i.ID == "" {
			i.ID = strings.TrimSuffix(code, "-ignored")
		}
		at.ignored(line, r, i)
		return
	case "index-failure", "index-cache-load-failure":
		at.failed(line, r, code, firstSentence(n.Key("message").Text()))
		return
	}
	if level != "error" && level != "warning" {
		return
	}
	res := Result{
		ID: code, Title: firstSentence(n.Key("message").Text()), Level: level, Status: level, Severity: levelSeverity(level),
		Package: name, Version: version,
	}
	switch kind := denied[code]; {
	case slices.Contains([]string{"vulnerability", "notice", "unmaintained", "unsound", "yanked"}, code):
		res.Kind, res.Status = code, "affected"
		denyAdvisory(advisory, &res)
	case kind != "":
		res.Kind = kind
	default:
		res.Kind = "ban"
	}
	res.Name = cmp.Or(res.ID, code) + "@" + name + "@" + version
	at.result(line, r, res)
}

func denyAdvisory(n node, res *Result) {
	res.Severity = "none"
	if n.Absent() {
		if res.Kind == "yanked" {
			res.ID = "" // as for cargo audit
		}
		return
	}
	res.ID, res.Title = n.Key("id").Text(), n.Key("title").Text()
	res.Aliases = n.Key("aliases").Texts()
	if vector := n.Key("cvss"); res.Kind == "vulnerability" || !vector.Absent() {
		text, _ := vector.Value.(string)
		res.Score, res.Severity = cvss.Rate(text)
	}
}

// denyPackage is the package that a diagnostic is about: the root of the first graph.
func denyPackage(n node) (name, version string) {
	graphs := n.Key("graphs").List()
	if len(graphs) == 0 {
		return "", ""
	}
	krate := graphs[0].Either("Krate", "krate")
	if !krate.IsObject() {
		krate = graphs[0]
	}
	return krate.Key("name").Text(), krate.Key("version").Text()
}
