package policies.dockerfile.expose_protocol_case_test

import data.policies.dockerfile.expose_protocol_case

found(flag) := f if {
	f := expose_protocol_case.deny with input as {"stages": [{"expose": [{"name": "80/TCP", "protocol_case": flag}]}]}
}

test_upper if found(true) == {{"at": ["stages", 0, "expose", 0], "msg": "the protocol of 80/TCP is not in lower case"}}

test_lower if found(false) == set()
