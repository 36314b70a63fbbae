package policies.compose.resource_limits_test

import data.policies.compose.resource_limits

limits(memory, cpu, pids) := {"memory": {"set": memory}, "cpu": {"set": cpu}, "pids": {"set": pids}}

found(partial, limits) := msgs if {
	services := [{"name": "web", "partial": partial, "limits": limits}]
	msgs := {f.msg | some f in resource_limits.deny} with input as {"services": services}
}

test_open if {
	found(false, limits(false, false, false)) == {"service \"web\" has no known limit on memory, processes, processors"}
	found(false, limits(true, true, false)) == {"service \"web\" has no known limit on processes"}
}

test_quiet if {
	count(found(false, limits(true, true, true))) == 0
	count(found(true, limits(false, false, false))) == 0
}
