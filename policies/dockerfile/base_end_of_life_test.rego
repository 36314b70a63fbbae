package policies.dockerfile.base_end_of_life_test

import data.policies.dockerfile.base_end_of_life

stage(end, extended, below) := {
	"base": {"kind": "image", "name": "debian:11"}, "base_of_final": below,
	"system": {"distribution": "debian", "version": "11", "end": end, "extended_end": extended},
}

findings(s, lts) := found if {
	found := base_end_of_life.deny with input as {"stages": [s]}
		with data.parameters as {"dockerfile": {"base_end_of_life": {"lts": lts}}}
		with time.now_ns as time.parse_rfc3339_ns("2025-03-01T12:00:00Z")
}

test_over if {
	msg := "the support of debian 11, which debian:11 is, ended on 2024-08-14"
	findings(stage("2024-08-14", "2026-08-31", true), false) == {{"at": ["stages", 0, "base"], "msg": msg}}
}

test_extended if count(findings(stage("2024-08-14", "2026-08-31", true), true)) == 0

test_extended_over if count(findings(stage("2020-08-14", "2022-08-31", true), true)) == 1

test_last_day if count(findings(stage("2025-03-01", "2025-03-01", true), true)) == 0

test_unknown if count(findings(stage("", "", true), true)) == 0

test_builder if count(findings(stage("2020-08-14", "2022-08-31", false), true)) == 0
