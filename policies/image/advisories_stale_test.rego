package policies.image.advisories_stale_test

import data.policies.image.advisories_stale

clock := time.parse_rfc3339_ns("2026-11-20T12:00:00Z")

found(patch) := deny if {
	deny := advisories_stale.deny with input as object.union({"program": {"binary": {"crates": ["hyper"]}}, "audit": {"done": true, "database": {"format": "rustsec", "updated": "2026-11-01T00:00:00Z"}}}, patch)
		with time.now_ns as clock
		with data.parameters as {"image": {"advisories_stale": {"max_database_age_days": 7}}}
}

test_bad if count(found({})) == 1

test_good if {
	count(found({"audit": {"database": {"format": "rustsec", "updated": "2026-11-14T00:00:00Z"}}})) == 0
	count(found({"audit": {"done": false}})) == 0
	count(found({"program": {"binary": {"crates": []}}})) == 0
}
