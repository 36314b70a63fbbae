package policies.dockerfile.wget_progress_test

import data.policies.dockerfile.wget_progress

found(program, command, run) := messages if {
	runs := [object.union({"commands": [object.union({"program": program, "name": program}, command)], "mounts": [], "security": "sandbox"}, run)]
	stage := {"calls": {program: [{"run": 0, "command": 0}]}, "runs": runs}
	messages := {f.msg | some f in wget_progress.deny with input as {"stages": [stage]}; f.at == ["stages", 0, "runs", 0, "commands", 0]}
}

test_loud if found("wget", {"args": ["-O", "x", "https://example.com"]}, {}) == {"wget prints its progress into the log"}

test_quiet if {
	every args in [["-q"], ["-qO-"], ["-nv"], ["--progress=dot:giga"], ["--quiet"], ["-o", "log"], ["-cqO", "x"]] {
		found("wget", {"args": args}, {}) == set()
	}
}
