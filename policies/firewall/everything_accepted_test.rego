package policies.firewall.everything_accepted_test

import data.policies.firewall.everything_accepted

opening(changes) := object.union(
	{"hook": "input", "family": "ipv4", "families": ["ipv4"], "repeated": false, "inside": false, "in": ["any"], "verdict": "accepted", "every_port": true, "anywhere": true, "protocols": ["any"], "by_policy": false, "rule": "accept", "steps": []},
	changes,
)

found(scope, changes) := count(rules) if {
	rules := everything_accepted.deny with input as {"scope": scope, "openings": [opening(changes)]}
		with data.parameters as {"firewall": {"everything_accepted": {"inner": ["wg*"]}}}
}

test_everything if {
	found("host", {}) == 1
	found("group", {}) == 1
}

test_something if {
	found("host", {"hook": "output"}) == 0
	found("host", {"by_policy": true}) == 0
	found("host", {"protocols": ["tcp"]}) == 0
	found("host", {"anywhere": false}) == 0
	found("host", {"every_port": false}) == 0
	found("host", {"verdict": "unknown"}) == 0
	found("pods", {}) == 0
	found("host", {"in": ["wg0"]}) == 0
	found("host", {"repeated": true}) == 0
}
