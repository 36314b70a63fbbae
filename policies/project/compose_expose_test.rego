package policies.project.compose_expose_test

import data.policies.project.compose_expose

findings(target, expose, plain) := found if {
	service := {"name": "ledger", "build": {"known": true, "dockerfile": "Dockerfile", "target": ""}, "ports": [{"target": target}]}
	stage := {"expose": expose, "system": {"plain": plain}}
	found := compose_expose.deny with input as {
		"compose": [{"services": [service]}],
		"dockerfile": [{"path": "Dockerfile", "final": 0, "stages": [stage]}],
	}
}

port(first, last, known) := {"name": "8000-8010", "first": first, "last": last, "known": known}

test_other if {
	findings("9090", [port(8000, 8010, true)], true) == {{
		"at": ["compose", 0, "services", 0, "ports", 0],
		"msg": "service \"ledger\" publishes 9090 of its container, and Dockerfile exposes 8000-8010",
		"related": [["dockerfile", 0, "stages", 0, "expose", 0]],
	}}
}

test_in_range if count(findings("8005", [port(8000, 8010, true)], true)) == 0

test_unknown if count(findings("9090", [port(0, 0, false)], true)) == 0

test_range if count(findings("9090-9091", [port(8000, 8010, true)], true)) == 0

test_nothing_exposed if count(findings("9090", [], true)) == 0

test_other_base if count(findings("9090", [port(8000, 8010, true)], false)) == 0
