package policies.kubernetes.run_as_non_root_test

import data.policies.kubernetes.run_as_non_root

unset := {"set": false, "value": false}

yes := {"set": true, "value": true}

no := {"set": true, "value": false}

found(pod, container, extra) := {f.at[0] |
	settings := object.union({"patch": false, "host_users": true, "ok": true, "exact": false, "user_namespaces": true}, extra)
	some f in run_as_non_root.deny with input as {
		"patch": settings.patch,
		"pods": [{"host_users": settings.host_users, "security": {"run_as_non_root": pod}}],
		"containers": [{"name": "web", "pod": 0, "non_root": {"ok": settings.ok}, "security": {"run_as_non_root": container}}],
	}
		with data.parameters as {"kubernetes": {"run_as_non_root": {"exact": settings.exact, "user_namespaces": settings.user_namespaces}}}
}

test_not_demanded if {
	found(unset, unset, {}) == {"containers"}
	found(no, yes, {}) == {"pods"}
	found(yes, no, {}) == {"containers"}
	found(unset, no, {"patch": true}) == {"containers"}
	found(unset, unset, {"host_users": false, "user_namespaces": false}) == {"containers"}
	found(unset, unset, {"ok": false, "exact": true}) == {"containers"}
}

test_demanded if {
	count(found(yes, unset, {})) == 0
	count(found(unset, yes, {})) == 0
	count(found(unset, unset, {"patch": true})) == 0
	count(found(unset, unset, {"host_users": false})) == 0
	count(found(unset, unset, {"ok": false})) == 0
}
