package policies.systemd.value_ignored_test

import data.policies.systemd.value_ignored

test_ignored if {
	value_ignored.deny == {{
		"at": ["ignored", 0],
		"msg": "systemd ignores PrivateTmp=maybe: it takes yes or no",
	}} with input as {"ignored": [{"name": "PrivateTmp", "value": "maybe", "expected": "yes or no"}]}
}

test_none if count(value_ignored.deny) == 0 with input as {"ignored": []}
