package policies.project.audit_subject_test

import data.policies.project.audit_subject

lock(path, n) := {"path": path, "count": n, "packages": [{"name": "time", "version": "0.3.47", "checksum": ""}]}

report(n, results) := {"path": "a/audit.json", "results": results, "subject": {"kind": "lockfile", "dependency_count": n}}

findings(locks, scan) := found if {
	found := audit_subject.deny with input as {"cargo_lock": locks, "scan": [scan]}
}

test_count if {
	findings([lock("Cargo.lock", 2)], report(3, [])) == {{
		"at": ["scan", 0, "subject", "dependency_count"],
		"related": [["cargo_lock", 0, "packages"]],
		"msg": "the report is about another lock file than Cargo.lock: it counts 3 packages, and the lock file holds 2",
	}}
}

test_package if {
	some finding in findings([lock("Cargo.lock", 2)], report(2, [{"package": "time", "version": "0.1.43", "checksum": ""}]))
	endswith(finding.msg, "the lock file does not hold time as the report names it")
}

test_nearest if {
	some finding in findings([lock("Cargo.lock", 1), lock("a/Cargo.lock", 1), lock("a/b/Cargo.lock", 1)], report(3, []))
	finding.related == [["cargo_lock", 1, "packages"]]
}

test_fits if count(findings([lock("Cargo.lock", 2)], report(2, []))) == 0

test_no_lock if count(findings([], report(2, []))) == 0

test_image if count(findings([lock("Cargo.lock", 2)], object.union(report(3, []), {"subject": {"kind": "image"}}))) == 0

other(result) := {
	"path": "osv.json", "subject": {"kind": "filesystem"},
	"results": [object.union({"kind": "vulnerability", "subject": "Cargo.lock", "package": "time", "version": "0.3.47"}, result)],
}

test_another_state if {
	findings([lock("Cargo.lock", 2)], other({"version": "0.1.43"})) == {{
		"at": ["scan", 0, "results", 0],
		"related": [["cargo_lock", 0, "packages"]],
		"msg": "the report is about another state of Cargo.lock, which does not hold time 0.1.43",
	}}
}

test_this_state if {
	count(findings([lock("Cargo.lock", 2)], other({}))) == 0
	count(findings([lock("Cargo.lock", 2)], other({"subject": "go.sum", "version": "1"}))) == 0
	count(findings([lock("Cargo.lock", 2)], other({"kind": "secret", "version": "1"}))) == 0
}
