package policies.systemd.supplementary_groups_test

import data.policies.systemd.supplementary_groups

unit(open) := {"name": "a.service", "exposure": {"open": open}}

test_open if {
	supplementary_groups.deny == {{
		"at": ["exposure", "badness", "SupplementaryGroups"],
		"msg": "a.service is in groups beyond its own: A= is not set",
	}} with input as unit({"SupplementaryGroups": {"because": "A= is not set", "fix": "[Service]\nA=b"}})
}

test_excused if count(supplementary_groups.deny) == 0 with input as unit({})
