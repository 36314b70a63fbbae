# METADATA
# title: Scanners disagree about a package
# description: >-
#   One scanner reports a vulnerability in a version of a package, and another one, which looked at the same thing with
#   data that is as new, reports none in it. One of them is wrong, or was told to look away.
# custom:
#   severity: medium
#   cwe: [1395]
#   remediation: Find out which of the two is right, and repair the other scan.
#   bad: |
#     -- Cargo.lock --
#     version = 4
#     [[package]]
#     name = "time"
#     version = "0.1.43"
#     source = "registry+https://github.com/rust-lang/crates.io-index"
#     checksum = "1111111111111111111111111111111111111111111111111111111111111111"
#     -- trivy.json --
#     {"SchemaVersion": 2, "Trivy": {"Version": "0.68.1"}, "CreatedAt": "2026-11-18T05:21:40Z", "ArtifactName": ".", "ArtifactType": "filesystem",
#      "Results": [{"Target": "Cargo.lock", "Class": "lang-pkgs", "Type": "cargo", "Vulnerabilities": [
#        {"VulnerabilityID": "CVE-2020-26235", "PkgName": "time", "InstalledVersion": "0.1.43", "Severity": "MEDIUM", "Status": "affected"}]}]}
#     -- audit.json --
#     {"database": {"advisory-count": 1047, "last-updated": "2026-11-19T17:42:09Z"}, "lockfile": {"dependency-count": 1},
#      "settings": {"ignore": []}, "vulnerabilities": {"found": false, "count": 0, "list": []}, "warnings": {}}
#   good: |
#     -- Cargo.lock --
#     version = 4
#     [[package]]
#     name = "time"
#     version = "0.1.43"
#     source = "registry+https://github.com/rust-lang/crates.io-index"
#     checksum = "1111111111111111111111111111111111111111111111111111111111111111"
#     -- trivy.json --
#     {"SchemaVersion": 2, "Trivy": {"Version": "0.68.1"}, "CreatedAt": "2026-11-20T05:21:40Z", "ArtifactName": ".", "ArtifactType": "filesystem",
#      "Results": [{"Target": "Cargo.lock", "Class": "lang-pkgs", "Type": "cargo", "Vulnerabilities": [
#        {"VulnerabilityID": "CVE-2020-26235", "PkgName": "time", "InstalledVersion": "0.1.43", "Severity": "MEDIUM", "Status": "affected"}]}]}
#     -- audit.json --
#     {"database": {"advisory-count": 1047, "last-updated": "2026-11-19T17:42:09Z"}, "lockfile": {"dependency-count": 1},
#      "settings": {"ignore": []}, "vulnerabilities": {"found": false, "count": 0, "list": []}, "warnings": {}}
package policies.project.scan_disagreement

deny contains {"at": ["scan", s, "results", i], "msg": msg, "related": [["scan", t, "subject", "targets", j]]} if {
	count(comparable) > 1
	some s in comparable
	some i, result in input.scan[s].results
	relevant(result)
	some t in comparable
	input.scan[t].tool.name != input.scan[s].tool.name
	date(t) >= date(s)
	j := looked[t][result.subject]
	not [result.subject, result.package, result.version] in named[t]
	msg := sprintf("%s reports %s in %s %s, and %s of %s does not", [
		input.scan[s].tool.name, result.id, result.package, result.version, input.scan[t].tool.name, date(t),
	])
}

relevant(result) if {
	result.kind == "vulnerability"
	result.package != ""
	result.subject != ""
	not result.status in {"not_affected", "pass", "notApplicable", "informational"}
}

# What a scanner knew is as old as its database, or as the report where nothing is said of the database.
date(s) := input.scan[s].database.updated if input.scan[s].database.updated != ""

date(s) := input.scan[s].created if input.scan[s].database.updated == ""

comparable contains s if {
	some s, scan in input.scan
	scan.concern == "vulnerabilities"
	count(scan.failures) == 0
	date(s) != ""
}

looked[s][subject] := min(places) if {
	some s in comparable
	some subject in {target.subject | some target in input.scan[s].subject.targets; target.subject != ""}
	places := {j | some j, target in input.scan[s].subject.targets; target.subject == subject}
}

# Whatever a scanner says of a package counts, also that it was told to ignore it.
named[s] := reported | ignored if {
	some s in comparable
	reported := {[r.subject, r.package, r.version] | some r in input.scan[s].results}
	packages := {i.package | some i in input.scan[s].settings.ignored}
	ignored := {[subject, name, version] |
		some subject, _ in looked[s]
		some entry in packages
		[name, version] := split(entry, "@")
	}
}
