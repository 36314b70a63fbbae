package policies.firewall.replies_dropped_test

import data.policies.firewall.replies_dropped

found(answer, out) := count(rules) if {
	rules := replies_dropped.deny with input as {
		"scope": "host", "replies": [{"family": "ipv4", "verdict": answer}],
		"defaults": [{"hook": "output", "family": "ipv4", "verdict": out, "interfaces": ["any"]}],
	}
}

test_replies if {
	found("dropped", "accepted") == 1
	found("accepted", "accepted") == 0
	found("dropped", "dropped") == 0
}
