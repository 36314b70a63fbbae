package policies.cargo_policy.loosened_test

import data.policies.cargo_policy.loosened

findings(settings) := found if found := loosened.deny with input as {"loosened": settings}

test_loosened if {
	findings([{"name": "advisories.yanked", "value": "allow", "effect": "yanked versions are not told"}]) == {{
		"at": ["loosened", 0],
		"msg": "advisories.yanked is \"allow\": yanked versions are not told",
	}}
}

test_nothing if count(findings([])) == 0
