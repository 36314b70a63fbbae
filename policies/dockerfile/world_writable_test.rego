package policies.dockerfile.world_writable_test

import data.policies.dockerfile.world_writable

mode := {"paths": ["/app"], "mode": "777", "set_id": false, "clears": false, "world_writable": false, "capabilities": false, "run": 0, "command": 1}

messages(changes, reaches) := {f.msg |
	stage := {"modes": [object.union(mode, object.union(changes, {"reaches": reaches}))], "copies": []}
	some f in world_writable.deny with input as {"stages": [stage]}
	f.at == ["stages", 0, "runs", 0, "commands", 1]
}

test_writable if messages({"world_writable": true}, true) == {"everybody may write to /app (mode 777)"}

test_not if messages({}, true) == set()

test_other_stage if messages({"world_writable": true}, false) == set()

copied(flag, used) := {f.msg |
	stage := {"base_of_final": used, "modes": [], "copies": [{"world_writable": flag, "destination": "/x", "chmod": "4755"}]}
	some f in world_writable.deny with input as {"stages": [stage]}
	f.at == ["stages", 0, "copies", 0]
}

test_copy if copied(true, true) == {"everybody may write to /x (mode 4755)"}

test_copy_not if copied(true, false) | copied(false, true) == set()
