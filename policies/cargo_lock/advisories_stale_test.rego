package policies.cargo_lock.advisories_stale_test

import data.policies.cargo_lock.advisories_stale

clock := time.parse_rfc3339_ns("2026-11-20T12:00:00Z")

found(audit) := msgs if {
	deny := advisories_stale.deny with input as {"audit": audit}
		with time.now_ns as clock
		with data.parameters as {"cargo_lock": {"advisories_stale": {"max_age_days": 7}}}
	msgs := {f.msg | some f in deny}
}

test_bad if {
	some msg in found({"done": true, "database": {"format": "rustsec", "updated": "2026-11-01T00:00:00Z"}})
	contains(msg, "2026-11-01, 19 days ago; at most 7")
}

test_good if {
	count(found({"done": true, "database": {"format": "rustsec", "updated": "2026-11-14T00:00:00Z"}})) == 0
	count(found({"done": false, "database": {"updated": ""}})) == 0
}

test_undated if {
	some msg in found({"done": true, "database": {"format": "rustsec", "updated": ""}})
	startswith(msg, "nothing tells")
}
