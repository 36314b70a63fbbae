package policies.scan.finding_test

import data.policies.scan.finding

result := {"kind": "finding", "id": "eval-detected", "severity": "medium", "title": "use of eval", "location": {"present": true}}

findings(change) := found if found := finding.deny with input as {"results": [object.union(result, change)]}

test_found if {
	findings({}) == {{
		"at": ["results", 0, "location", "file"], "related": [["results", 0]],
		"msg": "eval-detected (medium): use of eval",
	}}
}

test_elsewhere if {
	some finding in findings({"location": {"present": false}})
	finding.at == ["results", 0]
}

test_less if count(findings({"severity": "low"})) == 0

test_high if count(findings({"severity": "high"})) == 0

test_other_kind if count(findings({"kind": "lint"})) == 0
