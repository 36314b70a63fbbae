package policies.systemd.resource_limits_test

import data.policies.systemd.resource_limits

with_need(memory, tasks, settings, need) := {
	"name": "a.service", "service": true, "service_type": "exec", "conduct": {"remain_after_exit": false}, "exposure": {"networked": true, "needs": {"network": need}}, "ports": [],
	"running": {
		"memory_max": memory, "memory_high": {"set": false, "infinite": false},
		"tasks_max": {"infinite": tasks},
	},
	"settings": settings,
}

unit(memory, tasks, settings) := with_need(memory, tasks, settings, "it says so")

unset := {"set": false, "infinite": false}

test_no_bound if {
	resource_limits.deny == {{
		"at": ["running", "memory_max"],
		"msg": "nothing bounds the memory of a.service: MemoryMax= is not set",
	}} with input as unit(unset, false, [])
}

test_infinity if count(resource_limits.deny) == 1 with input as unit({"set": true, "infinite": true}, false, [])

test_bound if count(resource_limits.deny) == 0 with input as unit({"set": true, "infinite": false}, false, [])

test_once if {
	once := object.union(unit(unset, false, []), {"conduct": {"remain_after_exit": true}})
	count(resource_limits.deny) == 0 with input as once
}

test_slice if count(resource_limits.deny) == 0 with input as unit(unset, false, [{"name": "Slice"}])

test_tasks if {
	resource_limits.deny == {{
		"at": ["running", "tasks_max"],
		"msg": "nothing bounds the processes of a.service: TasksMax= is infinity",
	}} with input as unit({"set": true, "infinite": false}, true, [])
}

test_after if count(resource_limits.deny) == 1 with input as with_need(unset, false, [{"name": "After", "values": ["network.target"]}], "")

test_port if {
	count(resource_limits.deny) == 1 with input as object.union(with_need(unset, false, [], ""), {"ports": [{"port": 80}]})
}

test_console if count(resource_limits.deny) == 0 with input as with_need(unset, false, [{"name": "After", "values": ["getty.target"]}], "")
