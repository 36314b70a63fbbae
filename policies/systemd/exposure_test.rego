package policies.systemd.exposure_test

import data.policies.systemd.exposure

unit(overall, networked) := {
	"name": "a.service",
	"service": true,
	"alias_of": "",
	"exposure": {"overall": overall, "level": "UNSAFE", "networked": networked, "heaviest": ["A=", "B="]},
}

budget := {"systemd": {"exposure": {"max": 4.0, "max_without_network": 10.0}}}

test_above if {
	exposure.deny == {{
		"at": ["exposure", "overall"],
		"msg": "the exposure of a.service is 9.2 (UNSAFE), above 4; most weigh A=, B=",
	}} with input as unit(9.2, true)
		with data.parameters as budget
}

test_within if count(exposure.deny) == 0 with input as unit(4.0, true) with data.parameters as budget

test_no_network if count(exposure.deny) == 0 with input as unit(9.2, false) with data.parameters as budget

test_profile if {
	every networked in [true, false] {
		count(exposure.deny) == 1 with input as unit(2.1, networked)
			with data.parameters as {"systemd": {"exposure": {"max": 2.0, "max_without_network": 2.0}}}
	}
}
