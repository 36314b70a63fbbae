package policies.firewall.inbound_unknown_test

import data.policies.firewall.inbound_unknown

found(max) := count(rules) if {
	rules := inbound_unknown.deny with input as {
		"scope": "host",
		"openings": [
			{"hook": "input", "verdict": "unknown", "name": "tcp/1", "family": "ipv4", "families": ["ipv4"], "repeated": false, "reasons": ["hour"], "steps": []},
			{"hook": "input", "verdict": "unknown", "name": "tcp/2", "family": "ipv4", "families": ["ipv4"], "repeated": false, "reasons": ["whether 10.0.0.5, which the translation takes, is the host's own"]},
			{"hook": "input", "verdict": "unknown", "name": "tcp/3", "family": "ipv4", "families": ["ipv4"], "repeated": false, "reasons": ["the interface that the translated packet leaves by"]},
			{"hook": "input", "verdict": "accepted"},
		],
	}
		with data.parameters as {"firewall": {"inbound_unknown": {"max": max}}}
}

test_budget if {
	found(0) == 1
	found(1) == 0
}
