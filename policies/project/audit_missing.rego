# METADATA
# title: Lock file without an audit
# description: >-
#   Nothing in the tree shows that the locked packages were compared with the known vulnerabilities.
#   cargo audit does not name the lock file in its report, so a report counts for the lock file that has
#   as many packages and all those that the report names, and for the nearest one where several do. A run
#   with a database of advisories needs no report.
# related_resources:
#   - https://docs.rs/crate/cargo-audit/latest
#   - https://rustsec.org/
# custom:
#   severity: high
#   cwe: [1395, 1104]
#   non_negotiable: true
#   remediation: Run sallyport advisories update so that the gate audits itself, or leave the report of cargo audit --json in the tree.
#   bad: |
#     -- Cargo.lock --
#     version = 4
#     [[package]]
#     name = "ledger"
#     version = "1.4.0"
#   good: |
#     -- Cargo.lock --
#     version = 4
#     [[package]]
#     name = "ledger"
#     version = "1.4.0"
#     -- reports/audit.json --
#     {"database": {"advisory-count": 1047, "last-updated": "2026-11-18T17:42:09Z"}, "lockfile": {"dependency-count": 1},
#      "settings": {"ignore": []}, "vulnerabilities": {"found": false, "count": 0, "list": []}, "warnings": {}}
package policies.project.audit_missing

import data.policies.lib.audit

deny contains {"at": ["cargo_lock", i], "msg": msg} if {
	some i, lock in input.cargo_lock
	not lock.audit.done
	not covered(i)
	msg := sprintf("no cargo audit report in the tree is about this lock file of %d packages%s", [lock.count, doubt(i)])
}

reports[s] := audit.subjects(scan, input.cargo_lock) if some s, scan in input.scan

about[i] contains s if {
	some s, subjects in reports
	some i in subjects
}

# A report that fits several lock files counts for them where each can have one of its own.
covered(i) if {
	some s in about[i]
	count(about[i]) >= count({input.cargo_lock[j].sha256 | some j in reports[s]})
}

doubt(i) := ": the only one that fits is about another lock file as well" if about[i]

doubt(i) := "" if not about[i]
