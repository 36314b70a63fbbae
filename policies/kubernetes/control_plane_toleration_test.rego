package policies.kubernetes.control_plane_toleration_test

import data.policies.kubernetes.control_plane_toleration

found(kind, namespace, plane) := count(deny) if {
	deny := control_plane_toleration.deny with input as {"kind": kind, "namespace": namespace, "vouched": false, "pods": [{"tolerations": [{"control_plane": plane}]}]}
}

test_toleration if {
	found("Deployment", "", true) == 1
	found("Deployment", "", false) == 0
	found("DaemonSet", "", true) == 0
	found("Deployment", "kube-system", true) == 0
}
