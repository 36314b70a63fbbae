package policies.scan.other_commit_test

import data.policies.scan.other_commit

found(patch) := msgs if {
	subject := object.union({"commit": "1f0c7b2e9a3d4c5b6a79", "current": "4b825dc642cb", "other_commit": true, "compared": false}, patch)
	deny := other_commit.deny with input as {"tool": {"name": "codeql"}, "subject": subject}
	msgs := {f.msg | some f in deny}
}

test_bad if found({}) == {"the report of codeql is about commit 1f0c7b2e9a3d, and 4b825dc642cb is checked out: what differs cannot be told in this clone"}

test_changed if {
	some msg in found({"compared": true, "changed_count": 7, "changed": ["a.rs", "b.rs"]})
	endswith(msg, ": a.rs, b.rs changed since, and 5 more")
}

test_one_changed if {
	some msg in found({"compared": true, "changed_count": 1, "changed": ["a.rs"]})
	endswith(msg, ": a.rs changed since")
}

test_good if count(found({"other_commit": false})) == 0
