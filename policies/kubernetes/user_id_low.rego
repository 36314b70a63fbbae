# METADATA
# title: User or group id is among those that nodes give to accounts of their own
# description: >-
#   Without a user namespace an id means the same account on the node: whoever leaves the container has
#   the files of the account that happens to have the id there.
# related_resources:
#   - https://kubernetes.io/docs/concepts/security/security-checklist/#pod-security
# custom:
#   severity: low
#   cwe: [250]
#   equivalent:
#     - trivy:KSV-0020
#     - trivy:KSV-0021
#     - checkov:CKV_K8S_40
#     - gatekeeper:K8sPSPAllowedUsers
#     - kics:container running with low uid
#   parameters:
#     minimum:
#       description: The lowest id that is no account of a node.
#       default: 10000
#       stricter: higher
#   remediation: Take an id of 10000 or more, and give the files in the image to it.
#   bad: |
#     apiVersion: v1
#     kind: Pod
#     metadata: {name: ledger}
#     spec:
#       securityContext: {runAsUser: 1000}
#       containers:
#         - name: ledger
#           image: ledger:1.4.2
#   good: |
#     apiVersion: v1
#     kind: Pod
#     metadata: {name: ledger}
#     spec:
#       securityContext: {runAsUser: 10001, runAsGroup: 10001}
#       hostUsers: true
#       containers:
#         - name: ledger
#           image: ledger:1.4.2
package policies.kubernetes.user_id_low

deny contains {"at": ["pods", i, "security"], "msg": msg} if {
	some i, pod in input.pods
	pod.host_users
	some field, name in {"run_as_user": "user", "run_as_group": "group"}
	low(pod.security[field])
	msg := sprintf("the %s of the pod is %d, below %d", [name, pod.security[field].value, least])
}

deny contains {"at": ["containers", i, "security"], "msg": msg} if {
	some i, c in input.containers
	some field, name in {"run_as_user": "user", "run_as_group": "group"}
	low(c.security[field])
	input.pods[c.pod].host_users
	msg := sprintf("the %s of container %q is %d, below %d", [name, c.name, c.security[field].value, least])
}

least := data.parameters.kubernetes.user_id_low.minimum

low(id) if {
	id.set
	id.value > 0 # kubernetes/root_user and kubernetes/root_group say it
	id.value < least
}
