package policies.firewall.loopback_dropped_test

import data.policies.firewall.loopback_dropped

found(answer) := count(rules) if {
	rules := loopback_dropped.deny with input as {"scope": "host", "loopback": [{"family": "ipv4", "verdict": answer}]}
}

test_loopback if {
	found("dropped") == 1
	found("accepted") == 0
}
