package policies.dockerfile.run_insecure_test

import data.policies.dockerfile.run_insecure

findings(value) := found if {
	found := run_insecure.deny with input as {"stages": [{"runs": [{"security": value}]}]}
}

test_insecure if findings("insecure") == {{"at": ["stages", 0, "runs", 0], "msg": "RUN --security=insecure runs with all privileges of the builder"}}

test_default if findings("default") == set()
