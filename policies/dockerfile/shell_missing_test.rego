package policies.dockerfile.shell_missing_test

import data.policies.dockerfile.shell_missing

findings(needs, shell, inherited) := found if {
	program := {"shell": needs, "instruction": "cmd"}
	stage := {"program": program, "system": {"shell": shell, "image": "scratch"}, "cmd": {"inherited": inherited}}
	found := shell_missing.deny with input as {"stages": [stage]}
}

test_absent if {
	findings(true, "absent", false) == {{"at": ["stages", 0, "cmd"], "msg": "CMD needs a shell, and scratch has none"}}
}

test_unknown if count(findings(true, "unknown", false)) == 0

test_exec if count(findings(false, "absent", false)) == 0

test_inherited if count(findings(true, "absent", true)) == 0
