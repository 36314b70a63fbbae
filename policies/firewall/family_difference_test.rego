package policies.firewall.family_difference_test

import data.policies.firewall.family_difference

found(hook, protocol, verdict, anywhere) := count(rules) if {
	rules := family_difference.deny with input as {
		"scope": "host", "defaults": [{"hook": "input", "family": "ipv6", "verdict": verdict, "interfaces": ["any"]}],
		"differences": [{"name": "tcp/80", "hook": hook, "protocol": protocol, "family": "ipv6", "ports": [{"first": 80, "last": 80}]}],
		"openings": [{"hook": hook, "family": "ipv6", "verdict": "accepted", "anywhere": anywhere, "inside": false, "in": ["any"], "protocols": [protocol], "ports": [{"first": 80, "last": 80}]}],
	}
		with data.parameters as {"firewall": {"family_difference": {"inner": ["wg*"], "one_family": ["udp/80"]}}}
}

test_difference if {
	found("input", "tcp", "dropped", true) == 1
	found("input", "tcp", "dropped", false) == 0
	found("input", "tcp", "accepted", true) == 0
	found("output", "tcp", "dropped", true) == 0
	found("input", "udp", "dropped", true) == 0
	found("input", "icmpv6", "dropped", true) == 0
}

test_switched_off if {
	rules := family_difference.deny with input as {
		"scope": "host", "defaults": [],
		"differences": [{"name": "tcp/80", "hook": "input", "protocol": "tcp", "family": "ipv4", "ports": [{"first": 80, "last": 80}]}],
		"openings": [{"hook": "input", "family": "ipv4", "verdict": "accepted", "anywhere": true, "inside": false, "in": ["any"], "protocols": ["tcp"], "ports": [{"first": 80, "last": 80}]}],
	}
		with data.parameters as {"firewall": {"family_difference": {"inner": ["wg*"], "one_family": []}}}
	count(rules) == 0
}

test_forgotten if {
	opening := {"hook": "input", "family": "ipv4", "verdict": "accepted", "anywhere": true, "inside": false, "in": ["any"], "protocols": ["tcp"], "ports": [{"first": 80, "last": 80}]}
	rules := family_difference.deny with input as {
		"scope": "host", "defaults": [],
		"differences": [{"name": "tcp/80", "hook": "input", "protocol": "tcp", "family": "ipv4", "ports": [{"first": 80, "last": 80}]}],
		"openings": [opening, object.union(opening, {"family": "ipv6", "ports": [{"first": 22, "last": 22}]})],
	}
		with data.parameters as {"firewall": {"family_difference": {"inner": ["wg*"], "one_family": []}}}
	count(rules) == 1
}
