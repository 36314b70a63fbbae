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
			"hook": "input", "verdict": "accepted", "anywhere": anywhere, "sources": sources(anywhere), "every_port": false, "protocols": ["tcp"], "ports": [{"first": 80, "last": 80}],
		}]}],
	}
}

sources(true) := ["0.0.0.0/0"]

sources(false) := ["10.1.0.0/16"]

test_disagree if {
	found([], true) == 1
	found([{"any": false, "name": "10.0.0.0/8"}], true) == 1
	found([{"any": false, "name": "192.0.2.0/24"}], false) == 1
}

test_agree if {
	found([{"any": true, "name": "0.0.0.0/0"}], true) == 0
	found([{"any": false, "name": "10.0.0.0/8"}], false) == 0
	found([{"any": false, "name": "10.1.2.3/32"}], false) == 0
}
