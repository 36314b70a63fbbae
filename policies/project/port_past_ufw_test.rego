package policies.project.port_past_ufw_test

import data.policies.project.port_past_ufw

found(format, verdict, chain, number) := count(rules) if {
	rules := port_past_ufw.deny with input as {
		"systemd": [], "kubernetes": [], "listen": [], "dockerfile": [],
		"compose": [{"services": [{"name": "c", "ports": [{"protocol": "tcp", "all_interfaces": true, "first": number, "last": number}]}]}],
		"firewall": [{
			"scope": "host", "refused": [], "format": format, "chains": [{"name": chain, "rules": 1}],
			"defaults": [{"hook": "input", "verdict": verdict}],
			"openings": [{"hook": "input", "verdict": "accepted", "protocols": ["tcp"], "ports": [{"first": 80, "last": 80}]}],
		}],
	}
}

test_past if found("ufw", "dropped", "filter INPUT", 8080) == 1

test_not_past if {
	found("nftables", "dropped", "filter INPUT", 8080) == 0
	found("ufw", "accepted", "filter INPUT", 8080) == 0
	found("ufw", "dropped", "filter DOCKER-USER", 8080) == 0
	found("ufw", "dropped", "filter INPUT", 80) == 0
}
