# METADATA
# title: Security context constraint allows privileged pods
# description: >-
#   Whoever may use the constraint may start a pod that has its node.
# custom:
#   severity: high
#   cwe: [250]
#   equivalent:
#     - kube-linter:scc-deny-privileged-container
#   remediation: Set allowPrivilegedContainer to false, and keep the constraint privileged to those who have it.
#   bad: |
#     apiVersion: security.openshift.io/v1
#     kind: SecurityContextConstraints
#     metadata: {name: ledger}
#     allowPrivilegedContainer: true
#   good: |
#     apiVersion: security.openshift.io/v1
#     kind: SecurityContextConstraints
#     metadata: {name: ledger}
#     allowPrivilegedContainer: false
package policies.kubernetes.scc_privileged

deny contains {"at": ["object", "allowPrivilegedContainer"], "msg": "the constraint allows privileged containers"} if {
	input.kind == "SecurityContextConstraints"
	input.object.allowPrivilegedContainer == true
}
