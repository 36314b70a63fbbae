package policies.dockerfile.file_capabilities_test

import data.policies.dockerfile.file_capabilities

mode := {"paths": ["/app"], "mode": "777", "set_id": false, "clears": false, "world_writable": false, "capabilities": false, "run": 0, "command": 1}

messages(changes, reaches) := {f.msg |
	stage := {"modes": [object.union(mode, object.union(changes, {"reaches": reaches}))], "copies": []}
	some f in file_capabilities.deny with input as {"stages": [stage]}
	f.at == ["stages", 0, "runs", 0, "commands", 1]
}

test_powerful if {
	messages({"capabilities": true, "mode": "cap_net_raw,cap_sys_admin+ep"}, true) == {"/app gets cap_sys_admin"}
}

test_bind if messages({"capabilities": true, "mode": "cap_net_bind_service=+ep"}, true) == set()

test_chmod if messages({}, true) == set()

test_other_stage if messages({"capabilities": true, "mode": "cap_sys_admin+ep"}, false) == set()
