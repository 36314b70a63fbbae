package policies.project.unit_filter_test

import data.policies.project.unit_filter

found(allow, anywhere) := count(rules) if {
	rules := unit_filter.deny with input as {
		"systemd": [{
			"name": "a.service", "manager": "system", "masked": false, "listen": [], "ports": [{"protocol": "tcp", "port": 80, "loopback": false}],
			"confinement": {"address_deny": [{"any": true}], "address_allow": allow},
		}],
		"compose": [], "kubernetes": [], "listen": [], "dockerfile": [],
		"firewall": [{"scope": "host", "refused": [], "openings": [{
			"hook": "input", "verdict": "accepted", "anywhere": anywhere, "every_port": false, "protocols": ["tcp"], "ports": [{"first": 80, "last": 80}],
		}]}],
	}
}

test_disagree if {
	found([], true) == 1
	found([{"any": false}], true) == 1
}

test_agree if {
	found([{"any": true}], true) == 0
	found([], false) == 0
}
