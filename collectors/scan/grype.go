package scan

import (
	"slices"
	"strings"

	"sallyport/internal/cvss"
	"sallyport/internal/fact"
)

// grype reads Grype's models.Document (https://github.com/anchore/grype, presenter/models).
func grype(n node, r *Report, at *origins) {
	at.fields = map[string]fact.Path{
		"tool": {"descriptor"}, "tool.version": {"descriptor", "version"}, "created": {"descriptor", "timestamp"},
		"database": {"descriptor", "db"}, "database.updated": {"descriptor", "db"}, "settings": {"descriptor", "configuration"},
		"subject": {"source"}, "subject.system": {"distro"}, "subject.name": {"source", "target"}, "subject.targets": {"matches"}, "results": {"matches"},
	}
	at.parts = map[string]fact.Path{
		"results.id": {"vulnerability", "id"}, "results.severity": {"vulnerability", "severity"},
		"results.package": {"artifact", "name"}, "results.version": {"artifact", "version"},
		"results.fixed_versions": {"vulnerability", "fix"},
	}
	descriptor := n.Key("descriptor")
	r.Tool = Tool{Name: "grype", Version: descriptor.Key("version").Text()}
	if strings.HasPrefix(r.Tool.Version, "[") { // "[not provided]"
		r.Tool.Version = ""
	}
	r.Created = descriptor.Key("timestamp").Time()
	db := descriptor.Key("db")
	if status := db.Key("status"); !status.Absent() { // since 0.88
		db = status
	}
	r.Database.Known = !db.Absent()
	r.Database.Updated = db.Key("built").Time()
	grypeSubject(n.Key("source"), r, at)
	if distro := n.Key("distro"); !distro.Absent() {
		r.Subject.system(distro.Key("name").Text(), distro.Key("version").Text(), false)
	}
	grypeAlerts(n.Key("alertsByPackage"), r, at)
	grypeSettings(descriptor.Key("configuration"), r, at)
	for _, match := range n.Key("matches").Need().List() {
		grypeMatch(match, r, at)
	}
	for _, match := range n.Key("ignoredMatches").List() {
		grypeIgnored(match, r, at)
	}
}

func grypeSubject(n node, r *Report, at *origins) {
	r.Subject.Kind = n.Key("type").Text()
	// A report names the packages that match, and not the others.
	r.Subject.Counted = false
	target := n.Key("target")
	if !target.IsObject() {
		r.Subject.Name = target.Text()
		return
	}
	r.Subject.Name = target.Key("userInput").Text()
	for _, key := range []string{"imageID", "manifestDigest"} {
		if digest := target.Key(key); digest.Text() != "" {
			r.Subject.Digests = append(r.Subject.Digests, digest.Text())
			at.add("subject.digests", digest)
		}
	}
	for _, repository := range target.Key("repoDigests").List() {
		if _, digest, _ := strings.Cut(repository.Text(), "@"); digest != "" && !slices.Contains(r.Subject.Digests, digest) {
			r.Subject.Digests = append(r.Subject.Digests, digest)
			at.add("subject.digests", repository)
		}
	}
}

func grypeSettings(n node, r *Report, at *origins) {
	for _, key := range []string{"only-fixed", "only-notfixed"} {
		if set := n.Key(key); set.Truth() {
			at.narrowed(set, r, key, "true")
		}
	}
	for _, pattern := range n.Key("exclude").List() {
		at.narrowed(pattern, r, "exclude", pattern.Text())
	}
	for _, rule := range n.Key("ignore").List() {
		// Headers of the kernel match indirectly; the rules for them are Grype's own.
		if rule.Key("match-type").Text() == "exact-indirect-match" {
			continue
		}
		i := Ignore{ID: rule.Key("vulnerability").Text(), Status: "ignored", Source: "configuration", Reason: rule.Key("reason").Text()}
		if pkg := rule.Key("package"); pkg.Key("name").Text() != "" {
			i.Package = strings.TrimSuffix(pkg.Key("name").Text()+"@"+pkg.Key("version").Text(), "@")
		}
		if state := rule.Key("fix-state").Text(); i.ID == "" && state != "" && state != "unknown" {
			i.ID = "fix-state " + state
		}
		if i.ID == "" {
			i.ID = "everything"
		}
		at.ignored(rule, r, i)
	}
}

func grypeMatch(n node, r *Report, at *origins) {
	vulnerability, artifact := n.Key("vulnerability"), n.Key("artifact")
	res := Result{
		Kind: "vulnerability", ID: vulnerability.Key("id").Text(), Severity: cvss.Word(vulnerability.Key("severity").Text()),
		Package: artifact.Key("name").Text(), Version: artifact.Key("version").Text(),
		FixedVersions: vulnerability.Key("fix").Key("versions").Texts(), Status: "affected",
		Title: firstSentence(vulnerability.Key("description").Text()), Target: artifact.Key("type").Text(),
	}
	if vulnerability.Key("fix").Key("state").Text() == "wont-fix" {
		res.Status = "will_not_fix"
	}
	for _, cvss := range vulnerability.Key("cvss").List() {
		res.Score = max(res.Score, cvss.Key("metrics").Key("baseScore").Score())
	}
	res.Exploited = len(vulnerability.Key("knownExploited").List()) > 0
	for _, epss := range vulnerability.Key("epss").List() {
		res.EPSS = max(res.EPSS, epss.Key("epss").Score())
	}
	for _, related := range n.Key("relatedVulnerabilities").List() {
		if id := related.Key("id").Text(); id != "" && id != res.ID && !slices.Contains(res.Aliases, id) {
			res.Aliases = append(res.Aliases, id)
		}
	}
	if places := artifact.Key("locations").List(); len(places) > 0 {
		res.Location.File = places[0].Key("path").Text()
	}
	res.Name = res.ID + "@" + res.Package + "@" + res.Version
	at.result(n, r, res)
}

func grypeIgnored(n node, r *Report, at *origins) {
	artifact := n.Key("artifact")
	i := Ignore{
		ID: n.Key("vulnerability").Key("id").Text(), Status: "ignored",
		Package: strings.TrimSuffix(artifact.Key("name").Text()+"@"+artifact.Key("version").Text(), "@"),
	}
	for _, rule := range n.Key("appliedIgnoreRules").List() {
		if rule.Key("match-type").Text() == "exact-indirect-match" {
			return
		}
		if i.Reason == "" {
			i.Reason = rule.Key("reason").Text()
		}
	}
	at.ignored(n, r, i)
}

// firstSentence makes a title of a description.
func firstSentence(text string) string {
	text, _, _ = strings.Cut(text, "\n")
	if before, _, more := strings.Cut(text, ". "); more {
		text = before
	}
	if runes := []rune(text); len(runes) > 200 {
		text = string(runes[:200]) + "…"
	}
	return strings.TrimSuffix(text, ".")
}
