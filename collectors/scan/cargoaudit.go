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
	database := n.Key("database")
	r.Database = Database{
		Known:      !database.Absent(),
		Updated:    database.Key("last-updated").Time(),
		Commit:     database.Key("last-commit").Text(),
		Advisories: database.Key("advisory-count").Count(),
	}
	count := n.Key("lockfile").Need().Key("dependency-count").Need().Count()
	r.Subject.Kind, r.Subject.DependencyCount = "lockfile", count
	r.Subject.Targets = []Target{{Class: "lang-pkgs", Type: "cargo", Packages: count}}
	at.add("subject.targets", n.Key("lockfile"))
	rustsecSettings(n.Key("settings").Need(), r, at)
	found := n.Key("vulnerabilities").Need()
	found.Tells("found", "count")
	list := found.Key("list").Need().List()
	for _, v := range list {
		rustsecResult(v, "vulnerability", r, at)
	}
	rustsecWarnings(n.Key("warnings"), r, at)
	r.Counts = Counts{
		Stated: true, Found: found.Key("found").Truth(),
		Vulnerabilities: found.Key("count").Count(), Listed: len(list),
	}
	r.Counts.Contradictory = r.Counts.Found != (r.Counts.Listed > 0) || r.Counts.Vulnerabilities != r.Counts.Listed
}

func rustsecSettings(n node, r *Report, at *origins) {
	n.Tells("ignore")
	for _, id := range n.Key("ignore").List() {
		at.ignored(id, r, Ignore{ID: id.Text(), Status: "ignored"})
	}
	narrow := func(n node, name, value string) { at.narrowed(n, r, name, value) }
	if severity := n.Key("severity"); !severity.Absent() {
		narrow(severity, "severity", severity.Text())
	}
	for _, name := range []string{"target_arch", "target_os"} {
		target := n.Key(name)
		if _, list := target.Value.([]any); !list {
			if !target.Absent() {
				narrow(target, name, target.Text())
			}
		} else if names := target.Texts(); len(names) > 0 {
			narrow(target, name, strings.Join(names, ", "))
		}
	}
	for _, name := range []string{"package_scope", "target_package_info"} {
		if scope := n.Key(name); !scope.Absent() {
			narrow(scope, name, "set")
		}
	}
	// Every release warns of unmaintained packages unless it is told not to.
	if kinds := n.Key("informational_warnings"); !kinds.Absent() {
		if said := kinds.Texts(); !slices.Contains(said, "unmaintained") {
			narrow(kinds, "informational_warnings", strings.Join(said, ", "))
		}
	}
}

func rustsecWarnings(n node, r *Report, at *origins) {
	byKind, ok := n.Value.(map[string]any)
	if !ok {
		for _, warning := range n.List() {
			rustsecWarning(warning, r, at)
		}
		return
	}
	for _, kind := range slices.Sorted(maps.Keys(byKind)) {
		for _, warning := range n.Key(kind).List() {
			rustsecResult(warning, kind, r, at)
		}
	}
}

// rustsecWarning reads an element of the list of older releases, whose kind is a name or an object with
// one key, and that key's value holds the advisory.
func rustsecWarning(n node, r *Report, at *origins) {
	kind := n.Key("kind")
	inner, ok := kind.Value.(map[string]any)
	if !ok {
		rustsecResult(n, kind.Text(), r, at)
		return
	}
	for _, name := range slices.Sorted(maps.Keys(inner)) {
		merged := map[string]any{}
		maps.Copy(merged, kind.Key(name).Object())
		merged["package"] = n.Key("package").Value
		rustsecResult(node{From: n.From, Path: n.Path, Value: merged}, name, r, at)
	}
}

func rustsecResult(n node, kind string, r *Report, at *origins) {
	advisory, pkg, versions := n.Key("advisory"), n.Key("package"), n.Key("versions")
	if kind == "" {
		kind = "notice"
		if said := advisory.Key("informational"); !said.Absent() {
			kind = said.Text()
		}
	}
	res := Result{
		ID: advisory.Key("id").Text(), Title: advisory.Key("title").Text(), Kind: kind, Status: "affected",
		Aliases: advisory.Key("aliases").Texts(), Severity: "none",
		Package: pkg.Key("name").Text(), Version: pkg.Key("version").Text(),
		Checksum: pkg.Key("checksum").Text(), Source: pkg.Key("source").Text(),
		FixedVersions: versions.Key("patched").Texts(),
	}
	if vector := advisory.Key("cvss"); kind == "vulnerability" || !vector.Absent() {
		res.Score, res.Severity = cvss.Rate(vector.Text())
	}
	id := res.ID
	if id == "" {
		id = kind
	}
	res.Name = id + "@" + res.Package + "@" + res.Version
	at.result(n, r, res)
}
