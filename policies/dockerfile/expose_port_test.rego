package policies.dockerfile.expose_port_test

import data.policies.dockerfile.expose_port

found(problem) := f if {
	f := expose_port.deny with input as {"stages": [{"expose": [{"name": "x", "problem": problem}]}]}
}

test_range if {
	found("range") == {{"at": ["stages", 0, "expose", 0], "msg": "x is beyond 65535, or runs backwards"}}
}

test_protocol if count(found("protocol")) == 1

test_number if count(found("number")) == 1

test_port if found("") == set()
