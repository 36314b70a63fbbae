package policies.scan.database_stale_test

import data.policies.scan.database_stale

now := time.parse_rfc3339_ns("2026-11-20T12:00:00Z")

findings(updated, created) := found if {
	found := database_stale.deny with input as {"database": {"updated": updated}, "created": created}
		with time.now_ns as now
		with data.parameters.scan.database_stale.max_age_days as 7
}

test_old if {
	findings("2026-11-10T11:00:00Z", "2026-11-20T00:00:00Z") == {{
		"at": ["database", "updated"],
		"msg": "the advisory database of 2026-11-10T11:00:00Z is 10 days old; at most 7 are allowed",
	}}
}

test_old_without_date if {
	some finding in findings("2026-11-10T11:00:00Z", "")
	endswith(finding.msg, ", and the report may be as old as that")
}

test_just_in_time if {
	count(findings("2026-11-13T12:00:00Z", "")) == 0
	count(findings("2026-11-13T11:59:59Z", "")) == 1
}

test_unknown if count(findings("", "")) == 0
