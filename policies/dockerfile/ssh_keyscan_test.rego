package policies.dockerfile.ssh_keyscan_test

import data.policies.dockerfile.ssh_keyscan

found(program, command, run) := messages if {
	runs := [object.union({"commands": [object.union({"program": program, "name": program}, command)], "mounts": [], "security": "sandbox"}, run)]
	stage := {"calls": {program: [{"run": 0, "command": 0}]}, "runs": runs}
	messages := {f.msg | some f in ssh_keyscan.deny with input as {"stages": [stage]}; f.at == ["stages", 0, "runs", 0, "commands", 0]}
}

test_keyscan if found("ssh-keyscan", {"args": ["github.com"]}, {}) == {"ssh-keyscan github.com is believed without a comparison"}

test_compared if {
	commands := [{"program": "ssh-keyscan", "args": []}, {"program": "ssh-keygen", "args": []}]
	found("ssh-keyscan", {}, {"commands": commands}) == set()
}
