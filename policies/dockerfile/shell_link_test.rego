package policies.dockerfile.shell_link_test

import data.policies.dockerfile.shell_link

found(program, command, run) := messages if {
	runs := [object.union({"commands": [object.union({"program": program, "name": program}, command)], "mounts": [], "security": "sandbox"}, run)]
	stage := {"calls": {program: [{"run": 0, "command": 0}]}, "runs": runs}
	messages := {f.msg | some f in shell_link.deny with input as {"stages": [stage]}; f.at == ["stages", 0, "runs", 0, "commands", 0]}
}

test_link if found("ln", {"args": ["-sf", "/bin/bash", "/bin/sh"]}, {}) == {"ln replaces the default shell"}

test_other if found("ln", {"args": ["-s", "/bin/sh", "/bin/x"]}, {}) | found("ln", {"args": []}, {}) == set()
