package policies.project.port_undeclared_test

import data.policies.project.port_undeclared

found(protocol, first, last) := {f.msg |
	some f in port_undeclared.deny with input as {
		"systemd": [{"name": "a.service", "manager": "system", "masked": false, "listen": [], "ports": [{"protocol": "tcp", "port": 80, "loopback": false}]}],
		"compose": [], "kubernetes": [], "listen": [], "dockerfile": [],
		"firewall": [{"scope": "host", "refused": [], "openings": [{
			"hook": "input", "verdict": "accepted", "every_port": false, "family": "ipv4", "families": ["ipv4"], "repeated": false, "by_policy": false, "rule": "r",
			"protocols": [protocol], "ports": [{"first": first, "last": last}],
		}]}],
	}
		with data.parameters as {"project": {"port_undeclared": {"known": ["tcp/81"]}}}
}

test_undeclared if {
	found("udp", 80, 80) == {`udp/80 is open over ipv4 by "r", and nothing is declared to listen on it`}
	found("tcp", 80, 90) == {`tcp/80-90 is open over ipv4 by "r", and nothing is declared to listen on it`}
	count(found("tcp", 1, 65000)) == 1
}

test_declared if {
	count(found("tcp", 80, 80)) == 0
	count(found("tcp", 80, 81)) == 0
	count(found("icmp", 0, 65535)) == 0
}
