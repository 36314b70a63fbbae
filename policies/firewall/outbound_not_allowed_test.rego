package policies.firewall.outbound_not_allowed_test

import data.policies.firewall.outbound_not_allowed

found(protocols, ports, changes) := count(rules) if {
	opening := {"hook": "output", "family": "ipv4", "families": ["ipv4"], "repeated": false, "verdict": "accepted", "by_policy": false, "protocols": protocols, "ports": ports, "name": "x", "rule": "r", "steps": []}
	rules := outbound_not_allowed.deny with input as {"scope": "host", "openings": [object.union(opening, changes)], "defaults": [{"hook": "output", "family": "ipv6", "verdict": "accepted", "interfaces": ["any"]}]}
		with data.parameters as {"firewall": {"outbound_not_allowed": {"allowed": ["icmp", "udp/53"]}}}
}

test_not_allowed if {
	found(["tcp"], [{"first": 53, "last": 53}], {}) == 1
	found(["udp"], [{"first": 53, "last": 54}], {}) == 1
	found(["udp", "icmp", "tcp"], [{"first": 53, "last": 53}], {}) == 1
}

test_allowed if {
	found(["udp"], [{"first": 53, "last": 53}], {}) == 0
	found(["icmp"], [{"first": 0, "last": 65535}], {}) == 0
	found(["tcp"], [{"first": 1, "last": 1}], {"by_policy": true}) == 0
	found(["tcp"], [{"first": 1, "last": 1}], {"hook": "input"}) == 0
	found(["tcp"], [{"first": 1, "last": 1}], {"family": "ipv6"}) == 0
}
