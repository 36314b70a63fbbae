package policies.image.created_in_future_test

import data.policies.image.created_in_future

count_of(created) := found if {
	found := count(created_in_future.deny) with input as {"created": created}
		with time.now_ns as time.parse_rfc3339_ns("2026-11-20T12:00:00Z")
}

test_future if count_of("2026-11-22T12:00:00Z") == 1

# A day is left for clocks and time zones.
test_past if {
	count_of("2026-11-20T15:00:00Z") == 0
	count_of("1970-01-01T00:00:00Z") == 0
	count_of("") == 0
}
