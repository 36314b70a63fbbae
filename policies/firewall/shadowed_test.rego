package policies.firewall.shadowed_test

import data.policies.firewall.shadowed

test_shadowed if {
	rules := ["drop", ""]
	found := shadowed.deny with input as {"shadowed": [{"rule": rule, "chain": "inet f input", "reason": "accept takes them"} | some rule in rules], "unsearched": []}
	count(found) == 1
}

test_unsearched if {
	found := shadowed.deny with input as {"shadowed": [], "unsearched": ["inet f input"]}
	count(found) == 1
}
