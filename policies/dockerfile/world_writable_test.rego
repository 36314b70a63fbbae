package policies.dockerfile.world_writable_test

import data.policies.dockerfile.world_writable

mode := {"paths": ["/app"], "mode": "777", "set_id": false, "clears": false, "world_writable": false, "capabilities": false, "run": 0, "command": 1}

messages(changes, contributes) := {f.msg |
	stage := {"contributes": contributes, "modes": [object.union(mode, changes)]}
	some f in world_writable.deny with input as {"stages": [stage]}
	f.at == ["stages", 0, "runs", 0, "commands", 1]
}

test_writable if messages({"world_writable": true}, true) == {"everybody may write to /app (mode 777)"}

test_not if messages({}, true) == set()

test_other_stage if messages({"world_writable": true}, false) == set()
