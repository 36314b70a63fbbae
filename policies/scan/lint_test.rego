package policies.scan.lint_test

import data.policies.scan.lint

result := {"kind": "lint", "id": "clippy::needless_return", "level": "warning", "title": "unneeded `return`", "location": {"present": true}}

findings(change, allowed) := found if {
	found := lint.deny with input as {"results": [object.union(result, change)]}
		with data.parameters.scan.lint.allowed as allowed
}

test_in_source if {
	findings({}, []) == {{
		"at": ["results", 0, "location", "file"], "related": [["results", 0]],
		"msg": "warning: unneeded `return` (clippy::needless_return)",
	}}
}

test_elsewhere if {
	some finding in findings({"location": {"present": false}}, [])
	finding.at == ["results", 0]
	finding.related == []
}

test_allowed if count(findings({}, ["clippy::needless_return"])) == 0

test_other_kind if count(findings({"kind": "finding"}, [])) == 0
