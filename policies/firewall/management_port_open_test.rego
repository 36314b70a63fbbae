package policies.firewall.management_port_open_test

import data.policies.firewall.management_port_open

found(changes) := count(rules) if {
	opening := {
		"hook": "input", "family": "ipv4", "families": ["ipv4"], "repeated": false, "inside": false, "by_policy": false, "anywhere": true, "widest_public": 0, "verdict": "accepted", "every_port": false, "protocols": ["tcp"],
		"ports": [{"first": 20, "last": 25}], "sources": ["0.0.0.0/0"], "rule": "r", "steps": [],
	}
	rules := management_port_open.deny with input as {"scope": "host", "openings": [object.union(opening, changes)]}
		with data.parameters as {"firewall": {"management_port_open": {"ports": [22], "networks": ["10.0.0.0/8"], "narrow_ipv4": 24, "narrow_ipv6": 48}}}
}

test_open if {
	found({}) == 1
	found({"verdict": "unknown", "anywhere": false, "sources": ["10.0.0.0/8", "192.0.0.0/12"]}) == 1
}

test_closed if {
	found({"sources": ["10.1.0.0/16"]}) == 0
	found({"ports": [{"first": 80, "last": 80}]}) == 0
	found({"protocols": ["icmp"]}) == 0
	found({"every_port": true}) == 0
	found({"by_policy": true}) == 0
	found({"repeated": true}) == 0
	found({"inside": true}) == 0
	found({"widest_public": 28, "sources": ["203.0.113.0/28"]}) == 0
	found({"hook": "output"}) == 0
	found({"verdict": "rejected"}) == 0
}
