package policies.project.port_closed_test

import data.policies.project.port_closed

found(number) := count(rules) if {
	rules := port_closed.deny with input as {
		"systemd": [{"name": "a.service", "manager": "system", "masked": false, "listen": [], "ports": [{"protocol": "tcp", "port": number, "loopback": false}]}],
		"compose": [], "kubernetes": [], "listen": [], "dockerfile": [],
		"firewall": [{"scope": "host", "refused": [], "openings": [{"hook": "input", "verdict": "accepted", "protocols": ["tcp"], "ports": [{"first": 80, "last": 80}]}]}],
	}
}

test_closed if found(81) == 1

test_open if found(80) == 0
