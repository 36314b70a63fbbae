package policies.dockerfile.run_cd_test

import data.policies.dockerfile.run_cd

found(program, command, run) := messages if {
	runs := [object.union({"commands": [object.union({"program": program, "name": program}, command)], "mounts": [], "security": "sandbox"}, run)]
	stage := {"calls": {program: [{"run": 0, "command": 0}]}, "runs": runs}
	messages := {f.msg | some f in run_cd.deny with input as {"stages": [stage]}; f.at == ["stages", 0, "runs", 0, "commands", 0]}
}

cd := {"args": ["/opt"], "nested": false}

test_first if found("cd", cd, {}) == {"cd /opt is what WORKDIR is for"}

test_tmp if found("cd", object.union(cd, {"args": ["/tmp/x"]}), {}) | found("cd", object.union(cd, {"args": ["/var/tmp"]}), {}) == set()

test_nested if found("cd", object.union(cd, {"nested": true}), {}) == set()

commands(names, at) := {f.msg |
	list := [object.union(cd, {"program": name}) | some name in names]
	some f in run_cd.deny with input as {"stages": [{"calls": {"cd": [{"run": 0, "command": at}]}, "runs": [{"commands": list}]}]}
}

test_between if commands(["tar", "cd", "make"], 1) == set()

test_last if commands(["tar", "cd"], 1) == {"cd /opt is what WORKDIR is for"}

test_behind_set if commands(["set", "cd", "make"], 1) == {"cd /opt is what WORKDIR is for"}
