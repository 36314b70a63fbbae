package policies.dockerfile.base_end_of_life_soon_test

import data.policies.dockerfile.base_end_of_life_soon

stage(end) := {
	"base": {"kind": "image", "name": "alpine:3.20"}, "base_of_final": true,
	"system": {"distribution": "alpine", "version": "3.20", "end": end, "extended_end": end},
}

findings(end) := found if {
	found := base_end_of_life_soon.deny with input as {"stages": [stage(end)]}
		with data.parameters as {"dockerfile": {"base_end_of_life_soon": {"lts": true, "days": 90}}}
		with time.now_ns as time.parse_rfc3339_ns("2026-03-01T12:00:00Z")
}

test_soon if {
	msg := "the support of alpine 3.20, which alpine:3.20 is, ends in 31 days, on 2026-04-01"
	findings("2026-04-01") == {{"at": ["stages", 0, "base"], "msg": msg}}
}

test_last_day if count(findings("2026-03-01")) == 1

test_over if count(findings("2026-02-28")) == 0

test_far if count(findings("2026-05-31")) == 0

test_unknown if count(findings("")) == 0
