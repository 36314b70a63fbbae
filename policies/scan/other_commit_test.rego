package policies.scan.other_commit_test

import data.policies.scan.other_commit

found(other) := msgs if {
	deny := other_commit.deny with input as {"tool": {"name": "codeql"}, "subject": {"commit": "1f0c7b2e9a3d4c5b6a79", "current": "4b825dc642cb", "other_commit": other}}
	msgs := {f.msg | some f in deny}
}

test_bad if found(true) == {"the report of codeql is about commit 1f0c7b2e9a3d, and 4b825dc642cb is checked out"}

test_good if count(found(false)) == 0
