package policies.compose.host_cgroup_test

import data.policies.compose.host_cgroup

found(setting) := msgs if {
	msgs := {f.msg | some f in host_cgroup.deny} with input as {"services": [{"name": "web", "cgroup": setting}]}
}

test_host if {
	found({"value": "host", "known": true, "host": true}) == {"service \"web\" shares the control groups of its host"}
}

test_unknown if {
	found({"value": "${MODE}", "known": false, "host": false}) == {"service \"web\" may share the control groups of its host: cgroup is not known from the files: \"${MODE}\""}
}

test_own if {
	count(found({"value": "", "known": true, "host": false})) == 0
}
