package policies.firewall.inbound_default_open_test

import data.policies.firewall.inbound_default_open

found(scope, verdict, by_policy) := count(rules) if {
	rules := inbound_default_open.deny with input as {
		"scope": scope, "outside": [],
		"defaults": [
			{"hook": "input", "family": "ipv6", "verdict": verdict, "interfaces": ["other"]},
			{"hook": "output", "family": "ipv6", "verdict": "accepted", "interfaces": ["other"]},
		],
		"openings": [{"hook": "input", "family": "ipv6", "verdict": "accepted", "every_port": true, "anywhere": true, "protocols": ["any"], "by_policy": by_policy}],
	}
		with data.parameters as {"firewall": {"inbound_default_open": {"inner": ["wg*"]}}}
}

test_open if {
	found("host", "accepted", true) == 1
	found("host", "unknown", true) == 1
}

test_other if {
	found("host", "dropped", true) == 0
	found("host", "rejected", true) == 0
	found("host", "accepted", false) == 0
	found("pods", "accepted", true) == 0
}

on(interface, outside) := count(rules) if {
	rules := inbound_default_open.deny with input as {"scope": "host", "outside": outside, "defaults": [{"hook": "input", "family": "ipv6", "verdict": "accepted", "interfaces": [interface]}], "openings": []}
		with data.parameters as {"firewall": {"inbound_default_open": {"inner": ["wg*"]}}}
}

test_inner if {
	on("wg0", []) == 0
	on("eth1", ["eth0"]) == 0
	on("eth0", ["eth0"]) == 1
	on("eth1", []) == 1
}
