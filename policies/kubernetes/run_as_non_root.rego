# METADATA
# title: Pod does not demand a user other than root
# description: >-
#   A user id above 0 starts the container as that user. Only runAsNonRoot: true makes the kubelet
#   refuse a container whose image or manifest says root after all, and only it satisfies the restricted
#   standard.
# related_resources:
#   - https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted
# custom:
#   severity: low
#   cwe: [250]
#   equivalent:
#     - pss:restricted/runAsNonRoot
#     - kubescape:C-0211
#     - kube-linter:run-as-non-root
#     - trivy:KSV-0118
#     - kyverno:require-run-as-nonroot
#     - checkov:CKV_K8S_29
#     - checkov:CKV_K8S_30
#   parameters:
#     user_namespaces:
#       description: Whether a pod with a user namespace of its own may run as root in it.
#       default: true
#     exact:
#       description: Whether pods are judged here too that kubernetes/root_user has found to run as root.
#       default: false
#   remediation: Set runAsNonRoot to true in the securityContext of the pod.
#   bad: |
#     apiVersion: v1
#     kind: Pod
#     metadata: {name: ledger}
#     spec:
#       securityContext: {runAsUser: 10001}
#       containers:
#         - name: ledger
#           image: ledger:1.4.2
#   good: |
#     apiVersion: v1
#     kind: Pod
#     metadata: {name: ledger}
#     spec:
#       securityContext: {runAsNonRoot: true, runAsUser: 10001}
#       containers:
#         - name: ledger
#           image: ledger:1.4.2
package policies.kubernetes.run_as_non_root

deny contains {"at": ["pods", i, "security", "run_as_non_root"], "msg": msg, "properties": {"control": "runAsNonRoot"}} if {
	some i, pod in input.pods
	refused(pod.security.run_as_non_root)
	not own_users(pod)
	not judged(i)
	msg := "the pod does not demand a user other than root: runAsNonRoot is false"
}

deny contains {"at": ["containers", i, "security", "run_as_non_root"], "msg": msg, "properties": {"control": "runAsNonRoot"}} if {
	some i, c in input.containers
	not demanded(c.security.run_as_non_root, input.pods[c.pod].security.run_as_non_root)
	not own_users(input.pods[c.pod])
	not judged(c.pod)
	msg := sprintf("container %q does not demand a user other than root: runAsNonRoot is not true", [c.name])
}

refused(flag) if {
	flag.set
	not flag.value
}

demanded(own, _) if {
	own.set
	own.value
}

demanded(own, pod) if {
	not own.set
	pod.value
}

# In a patch, absent is no statement.
demanded(own, pod) if {
	input.patch
	not own.set
	not pod.set
}

own_users(pod) if {
	data.parameters.kubernetes.run_as_non_root.user_namespaces
	not pod.host_users
}

# kubernetes/root_user has found worse.
judged(pod) if {
	not data.parameters.kubernetes.run_as_non_root.exact
	some c in input.containers
	c.pod == pod
	not c.non_root.ok
}
