package policies.dockerfile.run_senseless_test

import data.policies.dockerfile.run_senseless

found(program, command, run) := messages if {
	runs := [object.union({"commands": [object.union({"program": program, "name": program}, command)], "mounts": [], "security": "sandbox"}, run)]
	stage := {"calls": {program: [{"run": 0, "command": 0}]}, "runs": runs}
	messages := {f.msg | some f in run_senseless.deny with input as {"stages": [stage]}; f.at == ["stages", 0, "runs", 0, "commands", 0]}
}

one := {"args": [], "joined": ""}

test_top if found("top", one, {}) == {"top has no use in a build"}

test_editor if found("vim", object.union(one, {"args": ["+PlugInstall"]}), {}) == set()

test_agent if found("ssh", one, {"mounts": [{"type": "ssh"}]}) == set()

test_mount if found("mount", one, {"security": "insecure"}) == set()

commands(first) := [object.union(one, first), object.union(one, {"program": "ps"})]

test_beside if {
	every first in [{"program": "x", "joined": "&"}, {"program": "service"}] {
		found("ps", {}, {"commands": commands(first)}) == set()
	}
}

test_service if found("service", {"args": ["nginx", "start"]}, {}) == {"service start ends with the instruction"}

test_enable if found("systemctl", {"args": ["enable", "nginx"]}, {}) == set()
