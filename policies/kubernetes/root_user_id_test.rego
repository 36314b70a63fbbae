package policies.kubernetes.root_user_id_test

import data.policies.kubernetes.root_user_id

user(id) := {"set": true, "value": id}

found(pod, container, extra) := {f.at[0] |
	settings := object.union({"host_users": true, "ok": true, "exact": false}, extra)
	some f in root_user_id.deny with input as {
		"pods": [{"host_users": settings.host_users, "security": {"run_as_user": pod}}],
		"containers": [{"name": "web", "pod": 0, "non_root": {"ok": settings.ok}, "security": {"run_as_user": container}}],
	}
		with data.parameters as {"kubernetes": {"root_user_id": {"exact": settings.exact, "user_namespaces": true}}}
}

test_root if {
	found(user(0), user(1), {}) == {"pods"}
	found(user(1), user(0), {}) == {"containers"}
	found(user(1), user(0), {"ok": false, "exact": true}) == {"containers"}
}

test_other if {
	count(found(user(1), {"set": false, "value": 0}, {})) == 0
	count(found(user(0), user(0), {"ok": false})) == 0
	count(found(user(0), user(0), {"host_users": false})) == 0
}
