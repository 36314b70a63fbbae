package policies.kubernetes.namespace_pod_security_test

import data.policies.kubernetes.namespace_pod_security

found(kind, name, labels) := count(deny) if {
	deny := namespace_pod_security.deny with input as {"kind": kind, "api_version": "v1", "patch": false, "name": name, "labels": labels}
}

test_level if {
	found("Namespace", "a", {}) == 1
	found("Namespace", "a", {"pod-security.kubernetes.io/enforce": "privileged"}) == 1
	found("Namespace", "a", {"pod-security.kubernetes.io/enforce": "baseline"}) == 0
	found("Namespace", "kube-system", {}) == 0
	found("Pod", "a", {}) == 0
}
