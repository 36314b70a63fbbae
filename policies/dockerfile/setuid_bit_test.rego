package policies.dockerfile.setuid_bit_test

import data.policies.dockerfile.setuid_bit

mode := {"paths": ["/app"], "mode": "777", "set_id": false, "clears": false, "world_writable": false, "capabilities": false, "run": 0, "command": 1}

messages(changes, reaches) := {f.msg |
	stage := {"modes": [object.union(mode, object.union(changes, {"reaches": reaches}))], "copies": []}
	some f in setuid_bit.deny with input as {"stages": [stage]}
	f.at == ["stages", 0, "runs", 0, "commands", 1]
}

test_set if messages({"set_id": true, "mode": "4755"}, true) == {"/app gets the mode 4755"}

test_symbolic if messages({"set_id": true, "mode": "u+s"}, true) == {"/app gets the mode u+s"}

test_group if messages({"set_id": true, "mode": "g+s"}, true) | messages({"set_id": true, "mode": "2775"}, true) == set()

test_plain if messages({}, true) == set()

test_other_stage if messages({"set_id": true, "mode": "4755"}, false) == set()

copied(flag, used) := {f.msg |
	stage := {"contributes": used, "modes": [], "copies": [{"set_id": flag, "destination": "/x", "chmod": "4755"}]}
	some f in setuid_bit.deny with input as {"stages": [stage]}
	f.at == ["stages", 0, "copies", 0]
}

test_copy if copied(true, true) == {"/x gets the mode 4755"}

test_copy_not if copied(true, false) | copied(false, true) == set()
