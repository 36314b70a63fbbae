package policies.compose.oom_kill_disable_test

import data.policies.compose.oom_kill_disable

found(service) := msgs if {
	msgs := {f.msg | some f in oom_kill_disable.deny} with input as {"services": [object.union({"name": "web"}, service)]}
}

test_found if {
	found({"oom_kill_disable": {"on": true}}) == {"service \"web\" cannot be ended when memory runs out"}
}

test_quiet if {
	count(found({"oom_kill_disable": {"on": false}})) == 0
}
