package policies.scan.ignored_test

import data.policies.scan.ignored

findings(ignores) := found if {
	found := ignored.deny with input as {"tool": {"name": "trivy"}, "settings": {"ignored": ignores}}
}

test_ignored if {
	findings([{"id": "CVE-2020-26235", "package": "time@0.1.43", "reason": "not reachable"}]) == {{
		"at": ["settings", "ignored", 0],
		"msg": "trivy was told to ignore CVE-2020-26235 in time@0.1.43 (not reachable)",
	}}
}

test_bare if {
	findings([{"id": "RUSTSEC-2023-0071", "package": "", "reason": ""}]) == {{
		"at": ["settings", "ignored", 0],
		"msg": "trivy was told to ignore RUSTSEC-2023-0071",
	}}
}

test_nothing_ignored if count(findings([])) == 0
