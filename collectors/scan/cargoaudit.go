package scan

import (
	"maps"
	"slices"
	"strings"

	"sallyport/internal/cvss"
	"sallyport/internal/fact"
)

// cargoAudit reads the serialised Report of the rustsec crate (https://docs.rs/rustsec, module report).
// Its shape has changed over time: the target was a name and is a list, and the warnings were a list
// and are lists by kind.
func cargoAudit(n node, r *Report, at *origins) {
	at.fields = map[string]fact.Path{
		"database": {"database"}, "database.updated": {"database", "last-updated"},
		"database.commit": {"database", "last-commit"}, "database.advisories": {"database", "advisory-count"},
		"subject": {"lockfile"}, "subject.dependency_count": {"lockfile", "dependency-count"},
		"settings": {"settings"}, "settings.ignored": {"settings", "ignore"},
		"results": {"vulnerabilities", "list"}, "counts": {"vulnerabilities"},
		"counts.found": {"vulnerabilities", "found"}, "counts.vulnerabilities": {"vulnerabilities", "count"},
	}
	at.parts = map[string]fact.Path{
		"results.id": {"advisory", "id"}, "results.title": {"advisory", "title"},
		"results.aliases": {"advisory", "aliases"}, "results.severity": {"advisory", "cvss"},
		"results.package": {"package", "name"}, "results.version": {"package", "version"},
		"results.checksum": {"package", "checksum"}, "results.source": {"package", "source"},
		"results.fixed_versions": {"versions", "patched"},
	}
	r.Tool.Name = "cargo-audit"
	database := n.key("database")
	r.Database = Database{
		Known:      !database.absent(),
		Updated:    database.key("last-updated").time(),
		Commit:     database.key("last-commit").text(),
		Advisories: database.key("advisory-count").number(),
	}
	count := n.key("lockfile").need().key("dependency-count").need().number()
	r.Subject.Kind, r.Subject.DependencyCount = "lockfile", count
	r.Subject.Targets = []Target{{Class: "lang-pkgs", Type: "cargo", Packages: count}}
	at.add("subject.targets", n.key("lockfile"))
	rustsecSettings(n.key("settings").need(), r, at)
	found := n.key("vulnerabilities").need()
	found.tells("found", "count")
	list := found.key("list").need().list()
	for _, v := range list {
		rustsecResult(v, "vulnerability", r, at)
	}
	rustsecWarnings(n.key("warnings"), r, at)
	r.Counts = Counts{
		Stated: true, Found: found.key("found").truth(),
		Vulnerabilities: found.key("count").number(), Listed: len(list),
	}
	r.Counts.Contradictory = r.Counts.Found != (r.Counts.Listed > 0) || r.Counts.Vulnerabilities != r.Counts.Listed
}

func rustsecSettings(n node, r *Report, at *origins) {
	n.tells("ignore")
	for _, id := range n.key("ignore").list() {
		at.ignored(id, r, Ignore{ID: id.text(), Status: "ignored"})
	}
	narrow := func(n node, name, value string) { at.narrowed(n, r, name, value) }
	if severity := n.key("severity"); !severity.absent() {
		narrow(severity, "severity", severity.text())
	}
	for _, name := range []string{"target_arch", "target_os"} {
		target := n.key(name)
		if _, list := target.value.([]any); !list {
			if !target.absent() {
				narrow(target, name, target.text())
			}
		} else if names := target.texts(); len(names) > 0 {
			narrow(target, name, strings.Join(names, ", "))
		}
	}
	for _, name := range []string{"package_scope", "target_package_info"} {
		if scope := n.key(name); !scope.absent() {
			narrow(scope, name, "set")
		}
	}
	// Every release warns of unmaintained packages unless it is told not to.
	if kinds := n.key("informational_warnings"); !kinds.absent() {
		if said := kinds.texts(); !slices.Contains(said, "unmaintained") {
			narrow(kinds, "informational_warnings", strings.Join(said, ", "))
		}
	}
}

func rustsecWarnings(n node, r *Report, at *origins) {
	byKind, ok := n.value.(map[string]any)
	if !ok {
		for _, warning := range n.list() {
			rustsecWarning(warning, r, at)
		}
		return
	}
	for _, kind := range slices.Sorted(maps.Keys(byKind)) {
		for _, warning := range n.key(kind).list() {
			rustsecResult(warning, kind, r, at)
		}
	}
}

// rustsecWarning reads an element of the list of older releases, whose kind is a name or an object with
// one key, and that key's value holds the advisory.
func rustsecWarning(n node, r *Report, at *origins) {
	kind := n.key("kind")
	inner, ok := kind.value.(map[string]any)
	if !ok {
		rustsecResult(n, kind.text(), r, at)
		return
	}
	for _, name := range slices.Sorted(maps.Keys(inner)) {
		merged := map[string]any{}
		maps.Copy(merged, as[map[string]any](kind.key(name), "an object"))
		merged["package"] = n.key("package").value
		rustsecResult(node{n.from, n.path, merged}, name, r, at)
	}
}

func rustsecResult(n node, kind string, r *Report, at *origins) {
	advisory, pkg, versions := n.key("advisory"), n.key("package"), n.key("versions")
	if kind == "" {
		kind = "notice"
		if said := advisory.key("informational"); !said.absent() {
			kind = said.text()
		}
	}
	res := Result{
		ID: advisory.key("id").text(), Title: advisory.key("title").text(), Kind: kind, Status: "affected",
		Aliases: advisory.key("aliases").texts(), Severity: "none",
		Package: pkg.key("name").text(), Version: pkg.key("version").text(),
		Checksum: pkg.key("checksum").text(), Source: pkg.key("source").text(),
		FixedVersions: versions.key("patched").texts(),
	}
	if vector := advisory.key("cvss"); kind == "vulnerability" || !vector.absent() {
		res.Score, res.Severity = cvss.Rate(vector.text())
	}
	id := res.ID
	if id == "" {
		id = kind
	}
	res.Name = id + "@" + res.Package + "@" + res.Version
	at.result(n, r, res)
}
