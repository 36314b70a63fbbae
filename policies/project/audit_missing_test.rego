package policies.project.audit_missing_test

import data.policies.project.audit_missing

lock(path, n) := {"path": path, "sha256": path, "count": n, "packages": [], "audit": {"done": false}}

report(path, n) := {"path": path, "results": [], "subject": {"kind": "lockfile", "dependency_count": n}}

findings(locks, reports) := found if {
	found := audit_missing.deny with input as {"cargo_lock": locks, "scan": reports}
}

test_missing if {
	findings([lock("Cargo.lock", 2)], []) == {{
		"at": ["cargo_lock", 0],
		"msg": "no cargo audit report in the tree is about this lock file of 2 packages",
	}}
}

test_another_subject if count(findings([lock("Cargo.lock", 2)], [report("audit.json", 3)])) == 1

test_covered if count(findings([lock("Cargo.lock", 2)], [report("audit.json", 2)])) == 0

test_one_of_two if {
	some finding in findings([lock("a/Cargo.lock", 2), lock("b/Cargo.lock", 3)], [report("audit.json", 2)])
	finding.at == ["cargo_lock", 1]
}

test_nearest if {
	locks := [lock("a/Cargo.lock", 2), lock("b/Cargo.lock", 2)]
	some finding in findings(locks, [report("b/audit.json", 2)])
	finding.at == ["cargo_lock", 0]
	count(findings(locks, [report("a/audit.json", 2), report("b/audit.json", 2)])) == 0
}

test_ambiguous if {
	locks := [lock("a/Cargo.lock", 2), lock("b/Cargo.lock", 2)]
	found := findings(locks, [report("audit.json", 2)])
	count(found) == 2
	every finding in found { endswith(finding.msg, "about another lock file as well") }
	count(findings(locks, [report("1.json", 2), report("2.json", 2)])) == 0
}

test_same_content if {
	locks := [lock("a/Cargo.lock", 2), object.union(lock("b/Cargo.lock", 2), {"sha256": "a/Cargo.lock"})]
	count(findings(locks, [report("audit.json", 2)])) == 0
}

test_own_audit if {
	count(findings([object.union(lock("Cargo.lock", 2), {"audit": {"done": true}})], [])) == 0
}
