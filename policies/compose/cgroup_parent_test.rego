package policies.compose.cgroup_parent_test

import data.policies.compose.cgroup_parent

found(service) := msgs if {
	msgs := {f.msg | some f in cgroup_parent.deny} with input as {"services": [object.union({"name": "web"}, service)]}
}

test_found if {
	found({"cgroup_parent": "system.slice"}) == {"service \"web\" leaves the engine's control group"}
}

test_quiet if {
	count(found({"cgroup_parent": ""})) == 0
}
