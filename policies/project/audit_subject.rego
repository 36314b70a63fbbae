# METADATA
# title: Audit report about another lock file
# description: >-
#   The report does not fit any lock file in the tree: it has another number of packages, or names
#   packages that none of them holds. It was made before the dependencies changed, or for another
#   project, and says nothing about what is deployed.
# custom:
#   severity: high
#   cwe: [1395, 345]
#   non_negotiable: true
#   remediation: Run cargo audit --json again for the lock file as it is.
#   bad: |
#     -- Cargo.lock --
#     version = 4
#     [[package]]
#     name = "ledger"
#     version = "1.4.0"
#     -- reports/audit.json --
#     {"database": {"advisory-count": 1047, "last-updated": "2026-11-18T17:42:09Z"}, "lockfile": {"dependency-count": 2},
#      "settings": {"ignore": []}, "vulnerabilities": {"found": false, "count": 0, "list": []}, "warnings": {}}
#   good: |
#     -- Cargo.lock --
#     version = 4
#     [[package]]
#     name = "ledger"
#     version = "1.4.0"
#     -- reports/audit.json --
#     {"database": {"advisory-count": 1047, "last-updated": "2026-11-18T17:42:09Z"}, "lockfile": {"dependency-count": 1},
#      "settings": {"ignore": []}, "vulnerabilities": {"found": false, "count": 0, "list": []}, "warnings": {}}
package policies.project.audit_subject

import data.policies.lib.audit
import data.policies.lib.tree

deny contains {"at": ["scan", s, "subject", "dependency_count"], "msg": msg, "related": [["cargo_lock", i, "packages"]]} if {
	some s, scan in input.scan
	scan.subject.kind == "lockfile"
	count(audit.subjects(scan, input.cargo_lock)) == 0
	i := nearest(scan)
	msg := sprintf("the report is about another lock file than %s: %s", [input.cargo_lock[i].path, reason(scan, input.cargo_lock[i])])
}

deny contains {"at": ["scan", s, "results", k], "msg": msg, "related": [["cargo_lock", i, "packages"]]} if {
	some s, scan in input.scan
	not scan.subject.kind in {"lockfile", "image"}
	some k, result in scan.results
	result.kind in {"vulnerability", "unmaintained", "unsound", "yanked"}
	result.package != ""
	some i in at[result.subject]
	not [result.package, result.version] in locked[i]
	msg := sprintf("the report is about another state of %s, which does not hold %s %s", [input.cargo_lock[i].path, result.package, result.version])
}

at[path] contains i if some i, path in {i: lock.path | some i, lock in input.cargo_lock}

locked[i] := {[p.name, p.version] | some p in lock.packages} if some i, lock in input.cargo_lock

# The nearest lock file is the one that shares most folders with the report; the first of several.
nearest(scan) := i if {
	[_, j] := max({[tree.common(scan.path, lock.path), 0 - j] | some j, lock in input.cargo_lock})
	i := 0 - j
}

reason(scan, lock) := sprintf("it counts %d packages, and the lock file holds %d", [scan.subject.dependency_count, lock.count]) if {
	scan.subject.dependency_count != lock.count
}

reason(scan, lock) := sprintf("the lock file does not hold %s as the report names it", [min(audit.strangers(scan, lock))]) if {
	scan.subject.dependency_count == lock.count
}
