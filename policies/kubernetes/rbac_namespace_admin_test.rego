package policies.kubernetes.rbac_namespace_admin_test

import data.policies.kubernetes.rbac_namespace_admin

found(role, cluster, kind) := count(deny) if {
	binding := {"role": role, "role_kind": "ClusterRole", "cluster": cluster, "subjects": [{"kind": kind, "name": "a"}]}
	deny := rbac_namespace_admin.deny with input as {"bindings": [binding]}
}

test_admin if {
	found("admin", false, "ServiceAccount") == 1
	found("cluster-admin", false, "ServiceAccount") == 1
	found("cluster-admin", true, "ServiceAccount") == 0
	found("admin", false, "Group") == 0
	found("edit", false, "ServiceAccount") == 0
}
