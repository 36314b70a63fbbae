package policies.systemd.exception_alone_test

import data.policies.systemd.exception_alone

test_alone if {
	exception_alone.deny == {{
		"at": ["conduct", "alone", 0],
		"msg": "IPAddressAllow= of a.service restricts nothing: nothing is denied",
	}} with input as {"name": "a.service", "conduct": {"alone": [{"name": "IPAddressAllow", "because": "nothing is denied"}]}}
}

test_none if count(exception_alone.deny) == 0 with input as {"name": "a.service", "conduct": {"alone": []}}
