# What a finding about an advisory says.
package policies.lib.advisory

# finding blames the package, and points at the lines of manifests that pull it in.
finding(list, i, hit) := {
	"at": ["audit", list, i],
	"msg": sprintf("%s %s%s: %s%s%s%s; %s", [hit.package, hit.version, within(hit), matter(hit), doubt(hit), way(hit), idle(hit), solution(hit)]),
	"related": [["audit", list, i, "requirements", j] | some j, _ in hit.requirements],
	"properties": {
		"advisory": hit.advisory, "package": hit.package, "version": hit.version,
		"source": hit.source, "kind": hit.kind, "severity_of_advisory": hit.severity,
		"scope": hit.scope, "built": hit.built, "upgrade": hit.upgrade, "aliases": concat(",", hit.aliases),
	},
}

# image is a finding about an image, or about its bill of materials: the digests are those by which scanners know it.
image(i, hit, digests) := object.union(finding("hits", i, hit), {"properties": {"subject": concat(",", digests - {""})}})

within(hit) := sprintf(" in %s", [hit.file]) if hit.file != ""

within(hit) := "" if hit.file == ""

matter(hit) := sprintf("%s%s (%s)", [hit.advisory, rating(hit), hit.title]) if hit.advisory != ""

matter(hit) := hit.title if hit.advisory == ""

rating(hit) := sprintf(", %s %v", [hit.severity, hit.score]) if hit.score > 0

rating(hit) := sprintf(", %s", [hit.severity]) if {
	hit.score == 0
	hit.severity != "unknown"
}

rating(hit) := "" if {
	hit.score == 0
	hit.severity == "unknown"
}

doubt(hit) := "" if hit.known

doubt(hit) := ", and whether this version is affected cannot be told" if not hit.known

way(hit) := sprintf(", %s dependency by %s", [kind(hit), concat(" and ", hit.paths)]) if count(hit.paths) > 0

way(hit) := "" if count(hit.paths) == 0

# idle is for what is locked and not built: another feature or target would bring it in.
idle(hit) := ", not built by what cargo metadata resolved" if hit.built == "no"

idle(hit) := "" if hit.built != "no"

kind(hit) := sprintf("optional %s", [hit.scope]) if hit.optional

kind(hit) := hit.scope if {
	not hit.optional
	hit.scope != "unknown"
}

kind(hit) := "a" if {
	not hit.optional
	hit.scope == "unknown"
}

solution(hit) := sprintf("upgrade to %s", [hit.upgrade]) if hit.upgrade != ""

solution(hit) := sprintf("repaired in %s", [concat(", ", hit.patched)]) if {
	hit.upgrade == ""
	count(hit.patched) > 0
}

solution(hit) := "the database names no repaired version" if {
	hit.upgrade == ""
	count(hit.patched) == 0
	hit.kind != "yanked"
}

solution(hit) := "the index has no later version that was not" if {
	hit.upgrade == ""
	count(hit.patched) == 0
	hit.kind == "yanked"
}

# outdated is the finding that a database changed last more than so many days ago, or that nothing tells when; undefined for a
# young one. All documents of a run say the same of it, and the gate tells it once.
outdated(database, limit) := {
	"at": ["audit", "database"],
	"msg": stale(database, limit),
	"properties": {"database": sprintf("%s of %s", [database.format, database.updated])},
}

# stale says that a database changed last more than so many days ago, or that nothing tells when; undefined for a young one.
stale(database, limit) := msg if {
	database.updated != ""
	age := (time.now_ns() - time.parse_rfc3339_ns(database.updated)) / (((24 * 3600) * 1000) * 1000000)
	age > limit
	msg := sprintf("the database of advisories changed last on %s, %d days ago; at most %v are allowed", [substring(database.updated, 0, 10), floor(age), limit])
}

stale(database, _) := "nothing tells when the database of advisories changed last" if database.updated == ""
