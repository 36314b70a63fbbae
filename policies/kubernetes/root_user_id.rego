# METADATA
# title: User 0 stands in the manifest
# description: >-
#   User 0 is root. Where every container has a user of its own, a pod's user 0 waits for the next
#   container, which will have none.
# related_resources:
#   - https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted
# custom:
#   severity: low
#   cwe: [250]
#   equivalent:
#     - pss:restricted/runAsUser
#     - trivy:KSV-0105
#   parameters:
#     user_namespaces:
#       description: Whether a pod with a user namespace of its own may run as root in it.
#       default: true
#     exact:
#       description: Whether pods are judged here too that kubernetes/root_user has found to run as root.
#       default: false
#   remediation: Remove runAsUser, or set an id above 0.
#   bad: |
#     apiVersion: v1
#     kind: Pod
#     metadata: {name: ledger}
#     spec:
#       securityContext: {runAsUser: 0}
#       containers:
#         - name: ledger
#           image: ledger:1.4.2
#           securityContext: {runAsUser: 10001}
#   good: |
#     apiVersion: v1
#     kind: Pod
#     metadata: {name: ledger}
#     spec:
#       securityContext: {runAsUser: 10001}
#       containers:
#         - name: ledger
#           image: ledger:1.4.2
package policies.kubernetes.root_user_id

deny contains {"at": ["pods", i, "security", "run_as_user"], "msg": msg, "properties": {"control": "runAsUser"}} if {
	some i, pod in input.pods
	root(pod.security.run_as_user, pod)
	not judged(i)
	msg := "the pod's runAsUser is 0, which is root"
}

deny contains {"at": ["containers", i, "security", "run_as_user"], "msg": msg, "properties": {"control": "runAsUser"}} if {
	some i, c in input.containers
	root(c.security.run_as_user, input.pods[c.pod])
	not judged(c.pod)
	msg := sprintf("runAsUser of container %q is 0, which is root", [c.name])
}

root(user, pod) if {
	user.set
	user.value == 0
	not own_users(pod)
}

own_users(pod) if {
	data.parameters.kubernetes.root_user_id.user_namespaces
	not pod.host_users
}

# kubernetes/root_user has said it.
judged(pod) if {
	not data.parameters.kubernetes.root_user_id.exact
	some c in input.containers
	c.pod == pod
	not c.non_root.ok
}
