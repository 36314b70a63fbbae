package policies.receipt.future_dated_test

import data.policies.receipt.future_dated

found(started, finished) := findings if {
	findings := future_dated.deny with input as {"started": started, "finished": finished}
		with time.now_ns as time.parse_rfc3339_ns("2026-11-20T12:00:00Z")
}

test_future if {
	found("", "2026-11-21T12:00:00Z") == {{"at": ["finished"], "msg": "the date 2026-11-21T12:00:00Z lies in the future"}}
}

test_backwards if {
	found("2026-11-20T11:00:00Z", "2026-11-20T10:00:00Z") == {{
		"at": ["started"],
		"msg": "the run started at 2026-11-20T11:00:00Z and ended before, at 2026-11-20T10:00:00Z",
	}}
}

test_fine if {
	count(found("2026-11-20T11:00:00Z", "2026-11-20T12:05:00Z")) == 0
	count(found("", "")) == 0
}
