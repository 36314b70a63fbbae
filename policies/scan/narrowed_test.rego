package policies.scan.narrowed_test

import data.policies.scan.narrowed

findings(settings) := found if {
	found := narrowed.deny with input as {"settings": {"narrowed": settings}}
}

test_severity if {
	findings([{"name": "severity", "value": "high"}]) == {{
		"at": ["settings", "narrowed", 0],
		"msg": "the report leaves out vulnerabilities: severity is high",
	}}
}

test_warnings_only if count(findings([{"name": "informational_warnings", "value": "unsound"}])) == 0
