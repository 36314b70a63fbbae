package policies.lib.support_test

import data.policies.lib.support

system := {"end": "2026-06-10", "extended_end": "2028-06-30"}

test_last if {
	support.last(system, false) == "2026-06-10"
	support.last(system, true) == "2028-06-30"
	not support.last({"end": "", "extended_end": ""}, true)
	not support.last({"end": "", "extended_end": ""}, false)
}

at(now, day) := days if {
	days := support.days(day) with time.now_ns as time.parse_rfc3339_ns(now)
}

test_days if {
	at("2026-06-10T00:00:00Z", "2026-06-10") == 0
	at("2026-06-10T23:59:59Z", "2026-06-10") == 0
	at("2026-06-11T00:00:01Z", "2026-06-10") == -1
	at("2026-06-09T12:00:00Z", "2026-06-10") == 1
}
