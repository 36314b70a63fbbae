package policies.kubernetes.rbac_cluster_admin_test

import data.policies.kubernetes.rbac_cluster_admin

found(role, cluster, class) := count(deny) if {
	subject := {"kind": "User", "name": "a", "class": class}
	deny := rbac_cluster_admin.deny with input as {"bindings": [{"role": role, "cluster": cluster, "subjects": [subject]}]}
}

test_admin if {
	found("cluster-admin", true, "") == 1
	found("cluster-admin", false, "") == 0
	found("view", true, "") == 0
	found("cluster-admin", true, "everyone") == 0
}
