package policies.lib.way_test

import data.policies.lib.way

test_steps if {
	opening := {"steps": [{"chain": "inet f input", "rule": "jump web", "did": "jump web"}, {"chain": "inet f web", "rule": "", "did": "policy accept"}, {"chain": "filter X", "rule": "-A X -j ACCEPT", "did": "accept"}]}
	found := way.steps(3, opening)
	count(found) == 3
	found[0] == {"at": ["openings", 3, "steps", 0], "msg": "inet f input: jump web"}
	found[1] == {"at": ["openings", 3, "steps", 1], "msg": "inet f web: policy accept"}
	found[2].msg == "filter X: -A X -j ACCEPT => accept"
}
