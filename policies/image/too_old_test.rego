package policies.image.too_old_test

import data.policies.image.too_old

msgs(created, limit) := found if {
	found := {f.msg | some f in too_old.deny} with input as {"created": created}
		with time.now_ns as time.parse_rfc3339_ns("2026-11-20T12:00:00Z")
		with data.parameters.image.too_old.max_age_days as limit
}

test_old if msgs("2026-01-01T00:00:00Z", 100) == {"the image was made on 2026-01-01T00:00:00Z, 323 days ago; at most 100 are allowed"}

test_not_judged if {
	count(msgs("2026-11-01T00:00:00Z", 100)) == 0
	count(msgs("2026-01-01T00:00:00Z", 0)) == 0
	count(msgs("1980-01-01T00:00:01Z", 100)) == 0
	count(msgs("", 100)) == 0
}
