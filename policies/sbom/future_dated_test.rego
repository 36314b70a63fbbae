package policies.sbom.future_dated_test

import data.policies.sbom.future_dated

now := time.parse_rfc3339_ns("2026-11-20T12:00:00Z")

found(created) := deny if {
	deny := future_dated.deny with input as {"created": created}
		with time.now_ns as now
}

test_bad if found("2026-11-22T12:00:00Z") == {{"at": ["created"], "msg": "the time 2026-11-22T12:00:00Z lies in the future"}}

test_good if {
	count(found("2026-11-21T11:00:00Z")) == 0
	count(found("")) == 0
}
