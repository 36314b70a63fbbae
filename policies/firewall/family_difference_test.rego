package policies.firewall.family_difference_test

import data.policies.firewall.family_difference

found(hook, protocol, verdict) := count(rules) if {
	rules := family_difference.deny with input as {
		"scope": "host", "defaults": [{"hook": "input", "family": "ipv6", "verdict": verdict}],
		"differences": [{"name": "tcp/80", "hook": hook, "protocol": protocol, "family": "ipv6"}],
	}
}

test_difference if {
	found("input", "tcp", "dropped") == 1
	found("input", "tcp", "accepted") == 0
	found("output", "tcp", "dropped") == 0
	found("input", "icmpv6", "dropped") == 0
}
