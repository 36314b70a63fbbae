package policies.scan.stale_test

import data.policies.scan.stale

now := time.parse_rfc3339_ns("2026-11-20T12:00:00Z")

findings(created) := found if {
	found := stale.deny with input as {"created": created, "concern": "lints"}
		with time.now_ns as now
		with data.parameters.scan.stale.max_age_days as 7
		with data.parameters.scan.stale.max_age_days_of as {"secrets": 1}
}

test_old if {
	findings("2026-11-10T11:00:00Z") == {{
		"at": ["created"],
		"msg": "the report of 2026-11-10T11:00:00Z is 10 days old; at most 7 are allowed",
	}}
}

test_just_in_time if {
	count(findings("2026-11-13T12:00:00Z")) == 0
	count(findings("2026-11-13T11:59:59Z")) == 1
}

test_no_date if count(findings("")) == 0

test_by_concern if {
	found := stale.deny with input as {"created": "2026-11-18T11:00:00Z", "concern": "secrets"}
		with time.now_ns as now
		with data.parameters.scan.stale.max_age_days as 7
		with data.parameters.scan.stale.max_age_days_of as {"secrets": 1}
	count(found) == 1
}
