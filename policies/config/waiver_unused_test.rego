package policies.config.waiver_unused_test

import data.policies.config.waiver_unused

waiver := {
	"rule": "dockerfile/root_user", "about": "**", "owner": "platform", "expires": "2026-06-30",
	"days_left": 15, "expired": false, "too_long": false, "used": true, "judged": true,
}

with_waiver(change) := {"max_waiver_days": 180, "waivers": [waiver, object.union(waiver, change)]}

test_unused if {
	found := waiver_unused.deny with input as with_waiver({"used": false})
	found == {{
		"at": ["waivers", 1],
		"msg": "the waiver of dockerfile/root_user for ** covers no finding; its owner is platform",
	}}
}

test_used if {
	found := waiver_unused.deny with input as with_waiver({})
	count(found) == 0
}

test_expired if {
	found := waiver_unused.deny with input as with_waiver({"used": false, "expired": true})
	count(found) == 0
}

# Where a rule was not run, nobody knows what its waivers would cover.
test_not_judged if {
	found := waiver_unused.deny with input as with_waiver({"used": false, "judged": false})
	count(found) == 0
}
