package policies.firewall.partial_test

import data.policies.firewall.partial

test_partial if {
	found := partial.deny with input as {"scope": "host", "partial": [{"reason": "no flush"}]}
	count(found) == 1
}
