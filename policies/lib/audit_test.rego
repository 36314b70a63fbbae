package policies.lib.audit_test

import data.policies.lib.audit

lock := {
	"path": "a/Cargo.lock", "count": 2,
	"packages": [
		{"name": "ledger", "version": "1.4.0", "checksum": ""},
		{"name": "time", "version": "0.1.43", "checksum": "ca8a"},
	],
}

time := {"package": "time", "version": "0.1.43", "checksum": "ca8a"}

report(results) := {
	"path": "a/reports/audit.json", "results": results,
	"subject": {"kind": "lockfile", "dependency_count": 2},
}

test_about if {
	audit.about(report([]), lock)
	audit.about(report([time, {"package": "", "version": "", "checksum": ""}]), lock)
	audit.about(report([object.union(time, {"checksum": ""})]), lock)
}

test_another_count if not audit.about(report([]), object.union(lock, {"count": 3}))

test_another_subject if {
	not audit.about(object.union(report([]), {"subject": {"kind": "image"}}), lock)
}

test_another_version if {
	audit.strangers(report([object.union(time, {"version": "0.3.0"})]), lock) == {"time"}
}

test_another_checksum if {
	audit.strangers(report([object.union(time, {"checksum": "ffff"})]), lock) == {"time"}
}

test_no_checksum_in_the_lock if {
	audit.about(report([{"package": "ledger", "version": "1.4.0", "checksum": "ffff"}]), lock)
}

test_subjects if {
	other := object.union(lock, {"path": "b/Cargo.lock"})
	audit.subjects(report([]), [other, lock]) == {1}
	audit.subjects(object.union(report([]), {"path": "audit.json"}), [other, lock]) == {0, 1}
	audit.subjects(report([]), [object.union(lock, {"count": 9})]) == set()
	audit.subjects(report([]), []) == set()
}
