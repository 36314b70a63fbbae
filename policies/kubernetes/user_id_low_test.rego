package policies.kubernetes.user_id_low_test

import data.policies.kubernetes.user_id_low

id(n) := {"set": n >= 0, "value": max([n, 0])}

found(user, group, shared) := {f.msg | some f in deny} if {
	unset := {"run_as_user": id(-1), "run_as_group": id(-1)}
	deny := user_id_low.deny with input as {
		"pods": [{"host_users": shared, "security": {"run_as_user": id(user), "run_as_group": id(-1)}}],
		"containers": [{"name": "a", "pod": 0, "security": object.union(unset, {"run_as_group": id(group)})}],
	}
		with data.parameters as {"kubernetes": {"user_id_low": {"minimum": 10000}}}
}

test_ids if {
	found(1000, 10001, true) == {"the user of the pod is 1000, below 10000"}
	found(0, 999, true) == {`the group of container "a" is 999, below 10000`}
	found(1000, 999, false) == set()
	found(-1, 10000, true) == set()
}
