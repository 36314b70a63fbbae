package policies.image.healthcheck_test

import data.policies.image.healthcheck

test_missing if {
	found := healthcheck.deny with input as {"name": "app:1", "healthcheck": {"set": false}}
	found == {{"at": ["healthcheck"], "msg": "app:1 says nothing about how to tell whether it works"}}
}

test_set if {
	count(healthcheck.deny) == 0 with input as {"name": "app:1", "healthcheck": {"set": true}}
}
