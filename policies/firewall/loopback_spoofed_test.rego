package policies.firewall.loopback_spoofed_test

import data.policies.firewall.loopback_spoofed

found(answer, verdict) := count(rules) if {
	rules := loopback_spoofed.deny with input as {
		"scope": "host", "spoofed": [{"family": "ipv4", "verdict": answer}],
		"defaults": [{"hook": "input", "family": "ipv4", "verdict": verdict, "interfaces": ["any"]}],
	}
}

test_spoofed if {
	found("accepted", "dropped") == 1
	found("dropped", "dropped") == 0
	found("accepted", "accepted") == 0
}
