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
	descriptor := n.key("descriptor")
	r.Tool = Tool{Name: "grype", Version: descriptor.key("version").text()}
	if strings.HasPrefix(r.Tool.Version, "[") { // "[not provided]"
		r.Tool.Version = ""
	}
	r.Created = descriptor.key("timestamp").time()
	db := descriptor.key("db")
	if status := db.key("status"); !status.absent() { // since 0.88
		db = status
	}
	r.Database.Known = !db.absent()
	r.Database.Updated = db.key("built").time()
	grypeSubject(n.key("source"), r, at)
	if distro := n.key("distro"); !distro.absent() {
		r.Subject.system(distro.key("name").text(), distro.key("version").text(), false)
	}
	grypeAlerts(n.key("alertsByPackage"), r, at)
	grypeSettings(descriptor.key("configuration"), r, at)
	for _, match := range n.key("matches").need().list() {
		grypeMatch(match, r, at)
	}
	for _, match := range n.key("ignoredMatches").list() {
		grypeIgnored(match, r, at)
	}
}

func grypeSubject(n node, r *Report, at *origins) {
	r.Subject.Kind = n.key("type").text()
	// A report names the packages that match, and not the others.
	r.Subject.Counted = false
	target := n.key("target")
	if !target.object() {
		r.Subject.Name = target.text()
		return
	}
	r.Subject.Name = target.key("userInput").text()
	for _, key := range []string{"imageID", "manifestDigest"} {
		if digest := target.key(key); digest.text() != "" {
			r.Subject.Digests = append(r.Subject.Digests, digest.text())
			at.add("subject.digests", digest)
		}
	}
	for _, repository := range target.key("repoDigests").list() {
		if _, digest, _ := strings.Cut(repository.text(), "@"); digest != "" && !slices.Contains(r.Subject.Digests, digest) {
			r.Subject.Digests = append(r.Subject.Digests, digest)
			at.add("subject.digests", repository)
		}
	}
}

func grypeSettings(n node, r *Report, at *origins) {
	for _, key := range []string{"only-fixed", "only-notfixed"} {
		if set := n.key(key); set.truth() {
			at.narrowed(set, r, key, "true")
		}
	}
	for _, pattern := range n.key("exclude").list() {
		at.narrowed(pattern, r, "exclude", pattern.text())
	}
	for _, rule := range n.key("ignore").list() {
		// Headers of the kernel match indirectly; the rules for them are Grype's own.
		if rule.key("match-type").text() == "exact-indirect-match" {
			continue
		}
		i := Ignore{ID: rule.key("vulnerability").text(), Status: "ignored", Source: "configuration", Reason: rule.key("reason").text()}
		if pkg := rule.key("package"); pkg.key("name").text() != "" {
			i.Package = strings.TrimSuffix(pkg.key("name").text()+"@"+pkg.key("version").text(), "@")
		}
		if state := rule.key("fix-state").text(); i.ID == "" && state != "" && state != "unknown" {
			i.ID = "fix-state " + state
		}
		if i.ID == "" {
			i.ID = "everything"
		}
		at.ignored(rule, r, i)
	}
}

func grypeMatch(n node, r *Report, at *origins) {
	vulnerability, artifact := n.key("vulnerability"), n.key("artifact")
	res := Result{
		Kind: "vulnerability", ID: vulnerability.key("id").text(), Severity: cvss.Word(vulnerability.key("severity").text()),
		Package: artifact.key("name").text(), Version: artifact.key("version").text(),
		FixedVersions: vulnerability.key("fix").key("versions").texts(), Status: "affected",
		Title: firstSentence(vulnerability.key("description").text()), Target: artifact.key("type").text(),
	}
	if vulnerability.key("fix").key("state").text() == "wont-fix" {
		res.Status = "will_not_fix"
	}
	for _, cvss := range vulnerability.key("cvss").list() {
		res.Score = max(res.Score, cvss.key("metrics").key("baseScore").score())
	}
	res.Exploited = len(vulnerability.key("knownExploited").list()) > 0
	for _, epss := range vulnerability.key("epss").list() {
		res.EPSS = max(res.EPSS, epss.key("epss").score())
	}
	for _, related := range n.key("relatedVulnerabilities").list() {
		if id := related.key("id").text(); id != "" && id != res.ID && !slices.Contains(res.Aliases, id) {
			res.Aliases = append(res.Aliases, id)
		}
	}
	if places := artifact.key("locations").list(); len(places) > 0 {
		res.Location.File = places[0].key("path").text()
	}
	res.Name = res.ID + "@" + res.Package + "@" + res.Version
	at.result(n, r, res)
}

func grypeIgnored(n node, r *Report, at *origins) {
	artifact := n.key("artifact")
	i := Ignore{
		ID: n.key("vulnerability").key("id").text(), Status: "ignored",
		Package: strings.TrimSuffix(artifact.key("name").text()+"@"+artifact.key("version").text(), "@"),
	}
	for _, rule := range n.key("appliedIgnoreRules").list() {
		if rule.key("match-type").text() == "exact-indirect-match" {
			return
		}
		if i.Reason == "" {
			i.Reason = rule.key("reason").text()
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
