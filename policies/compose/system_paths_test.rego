package policies.compose.system_paths_test

import data.policies.compose.system_paths

found(service) := msgs if {
	msgs := {f.msg | some f in system_paths.deny} with input as {"services": [object.union({"name": "web"}, service)]}
}

test_found if {
	found({"security": {"system_paths": true}}) == {"service \"web\" sees the hidden paths of /proc and /sys"}
}

test_quiet if {
	count(found({"security": {"system_paths": false}})) == 0
}
