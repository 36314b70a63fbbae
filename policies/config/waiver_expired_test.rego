package policies.config.waiver_expired_test

import data.policies.config.waiver_expired

waiver := {
	"rule": "dockerfile/root_user", "about": "**", "owner": "platform", "expires": "2026-06-30",
	"days_left": 15, "expired": false, "too_long": false, "used": true, "judged": true,
}

with_waiver(change) := {"max_waiver_days": 180, "waivers": [waiver, object.union(waiver, change)]}

test_expired if {
	found := waiver_expired.deny with input as with_waiver({"expired": true, "days_left": -1})
	found == {{
		"at": ["waivers", 1, "expires"],
		"msg": "the waiver of dockerfile/root_user for ** expired on 2026-06-30; its owner is platform",
	}}
}

test_last_day if {
	found := waiver_expired.deny with input as with_waiver({"days_left": 0})
	count(found) == 0
}
