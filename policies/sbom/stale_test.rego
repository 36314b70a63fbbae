package policies.sbom.stale_test

import data.policies.sbom.stale

now := time.parse_rfc3339_ns("2026-11-20T12:00:00Z")

found(created) := msgs if {
	deny := stale.deny with input as {"created": created}
		with time.now_ns as now
		with data.parameters.sbom.stale.max_age_days as 90
	msgs := {f.msg | some f in deny}
}

test_old if found("2026-08-01T12:00:00Z") == {"the SBOM of 2026-08-01T12:00:00Z is 111 days old; at most 90 are allowed"}

test_in_time if {
	count(found("2026-08-22T12:00:00Z")) == 0
	count(found("")) == 0
}
