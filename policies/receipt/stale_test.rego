package policies.receipt.stale_test

import data.policies.receipt.stale

found(name, finished) := findings if {
	findings := stale.deny with input as {"kind": "test", "name": name, "finished": finished}
		with time.now_ns as time.parse_rfc3339_ns("2026-11-20T12:00:00Z")
		with data.parameters.receipt.stale as {"max_age_days": 7, "max_age_days_of": {"bench": 30}}
}

test_old if {
	found("test", "2026-11-10T11:00:00Z") == {{
		"at": ["finished"],
		"msg": "the run of 2026-11-10T11:00:00Z is 10 days old; at most 7 are allowed",
	}}
}

test_of_a_name if {
	count(found("bench", "2026-11-10T11:00:00Z")) == 0
	count(found("bench", "2026-10-10T11:00:00Z")) == 1
}

test_just_in_time if count(found("test", "2026-11-13T12:00:00Z")) == 0

test_undated if count(found("test", "")) == 0
