package policies.dockerfile.healthcheck_missing_test

import data.policies.dockerfile.healthcheck_missing

found(kind) := f if {
	f := healthcheck_missing.deny with input as {"final": 0, "stages": [{"healthcheck": {"kind": kind}}]}
}

test_missing if found("") == {{"at": ["stages", 0, "healthcheck"], "msg": "the image has no HEALTHCHECK"}}

test_none if found("none") == set()

test_there if found("cmd") == set()
