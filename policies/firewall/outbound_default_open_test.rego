package policies.firewall.outbound_default_open_test

import data.policies.firewall.outbound_default_open

found(hook, verdict) := count(rules) if {
	rules := outbound_default_open.deny with input as {"scope": "host", "defaults": [{"hook": hook, "family": "ipv4", "verdict": verdict}]}
}

test_default if {
	found("output", "accepted") == 1
	found("output", "dropped") == 0
	found("input", "accepted") == 0
}
