package policies.dockerfile.apt_key_test

import data.policies.dockerfile.apt_key

found(program, command, run) := messages if {
	runs := [object.union({"commands": [object.union({"program": program, "name": program}, command)], "mounts": [], "security": "sandbox"}, run)]
	stage := {"calls": {program: [{"run": 0, "command": 0}]}, "runs": runs}
	messages := {f.msg | some f in apt_key.deny with input as {"stages": [stage]}; f.at == ["stages", 0, "runs", 0, "commands", 0]}
}

test_add if found("apt-key", {"args": ["add", "-"]}, {}) == {"apt-key add trusts a key for every repository"}

test_list if found("apt-key", {"args": ["list"]}, {}) == set()
