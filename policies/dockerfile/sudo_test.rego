package policies.dockerfile.sudo_test

import data.policies.dockerfile.sudo

found(program, command, run) := messages if {
	runs := [object.union({"commands": [object.union({"program": program, "name": program}, command)], "mounts": [], "security": "sandbox"}, run)]
	stage := {"calls": {program: [{"run": 0, "command": 0}]}, "runs": runs}
	messages := {f.msg | some f in sudo.deny with input as {"stages": [stage]}; f.at == ["stages", 0, "runs", 0, "commands", 0]}
}

test_sudo if found("sudo", {"args": ["apt-get", "update"]}, {}) == {"sudo runs a command: apt-get update"}

test_other if found("gosu", {"args": ["app"]}, {}) == set()
