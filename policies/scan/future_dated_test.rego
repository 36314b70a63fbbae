package policies.scan.future_dated_test

import data.policies.scan.future_dated

now := time.parse_rfc3339_ns("2026-11-20T12:00:00Z")

findings(created, updated) := found if {
	found := future_dated.deny with input as {"created": created, "database": {"updated": updated}}
		with time.now_ns as now
}

test_future if {
	findings("2026-11-22T12:00:00Z", "") == {{"at": ["created"], "msg": "the date 2026-11-22T12:00:00Z lies in the future"}}
	count(findings("", "2026-11-22T12:00:00Z")) == 1
}

test_tolerance if count(findings("2026-11-21T12:00:00Z", "2026-11-21T11:00:00Z")) == 0

test_past if count(findings("2026-11-19T12:00:00Z", "2026-11-18T12:00:00Z")) == 0

test_undated if count(findings("", "")) == 0
