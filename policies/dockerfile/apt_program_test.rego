package policies.dockerfile.apt_program_test

import data.policies.dockerfile.apt_program

findings(calls) := found if {
	found := apt_program.deny with input as {"stages": [{
		"calls": calls,
		"runs": [{"commands": [{"args": ["-y", "install"]}, {"args": []}]}],
	}]}
}

test_apt if {
	findings({"apt": [{"run": 0, "command": 0}, {"run": 0, "command": 1}]}) == {
		{"at": ["stages", 0, "runs", 0, "commands", 0], "msg": "apt -y is for people; scripts use apt-get"},
		{"at": ["stages", 0, "runs", 0, "commands", 1], "msg": "apt is for people; scripts use apt-get"},
	}
}

test_others if findings({"apt-get": [{"run": 0, "command": 0}]}) == set()
