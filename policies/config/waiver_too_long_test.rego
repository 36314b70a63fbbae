package policies.config.waiver_too_long_test

import data.policies.config.waiver_too_long

waiver := {
	"rule": "dockerfile/root_user", "about": "**", "owner": "platform", "expires": "2026-06-30",
	"days_left": 15, "expired": false, "too_long": false, "used": true, "judged": true,
}

with_waiver(change) := {"max_waiver_days": 180, "waivers": [waiver, object.union(waiver, change)]}

test_too_long if {
	found := waiver_too_long.deny with input as with_waiver({"too_long": true, "days_left": 200})
	found == {{
		"at": ["waivers", 1, "expires"],
		"msg": "the waiver of dockerfile/root_user for ** lasts 200 days, and 180 are allowed",
	}}
}

test_short if {
	found := waiver_too_long.deny with input as with_waiver({})
	count(found) == 0
}
