package policies.firewall.forward_default_open_test

import data.policies.firewall.forward_default_open

found(hook, verdict) := count(rules) if {
	rules := forward_default_open.deny with input as {"scope": "host", "defaults": [{"hook": hook, "family": "ipv4", "verdict": verdict}]}
}

test_default if {
	found("forward", "accepted") == 1
	found("forward", "dropped") == 0
	found("input", "accepted") == 0
}
