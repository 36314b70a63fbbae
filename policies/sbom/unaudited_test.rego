package policies.sbom.unaudited_test

import data.policies.sbom.unaudited

gap := {"name": "Debian 13", "reason": "the database holds no advisory about it", "count": 7, "examples": [{"name": "bash 5", "at": 0}, {"name": "libc6 2", "at": 1}]}

test_bad if {
	deny := unaudited.deny with input as {"audit": {"unaudited": [gap]}}
	deny == {{
		"at": ["audit", "unaudited", 0],
		"msg": "7 packages (Debian 13) were not compared with advisories: the database holds no advisory about it; such as bash 5, libc6 2",
	}}
}

test_good if {
	deny := unaudited.deny with input as {"audit": {"unaudited": []}}
	count(deny) == 0
}
