package policies.scan.misconfiguration_test

import data.policies.scan.misconfiguration

result := {"kind": "misconfiguration", "status": "fail", "severity": "high", "id": "DS-0002", "title": "root user", "target": "Dockerfile", "location": {"present": true}}

findings(change, lowest) := found if {
	found := misconfiguration.deny with input as {"results": [object.union(result, change)]}
		with data.parameters.scan.misconfiguration.severity as lowest
}

test_high if {
	findings({}, "high") == {{"at": ["results", 0], "msg": "DS-0002 in Dockerfile (high): root user", "related": [["results", 0, "location", "file"]]}}
}

test_below if {
	count(findings({"severity": "medium"}, "high")) == 0
	count(findings({"severity": "medium"}, "low")) == 1
}

test_unrated if count(findings({"severity": "unknown"}, "critical")) == 1

test_passed if count(findings({"status": "pass"}, "low")) == 0

test_other_kind if count(findings({"kind": "vulnerability"}, "low")) == 0
