# METADATA
# title: Container may run as root
# description: >-
#   A process that escapes its container as root is root on the node. Kubernetes refuses to start a
#   container as root only where runAsNonRoot or a user id above 0 applies to it; otherwise the image
#   decides, and a rebuilt image may decide anew. A container's own setting beats its pod's.
# related_resources:
#   - https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted
#   - https://kubernetes.io/docs/tasks/configure-pod-container/security-context/
# custom:
#   severity: high
#   cwe: [250]
#   equivalent:
#     - pss:restricted/runAsNonRoot
#     - trivy:KSV-0012
#     - checkov:CKV_K8S_23
#     - kube-linter:run-as-non-root
#     - kubescape:C-0013
#     - gatekeeper:K8sPSPAllowedUsers
#     - semgrep:run-as-non-root
#     - cis-kubernetes:5.2.7
#     - kyverno:require-run-as-non-root-user
#     - kics:containers running as root
#   non_negotiable: true
#   remediation: Set runAsNonRoot to true and runAsUser to an unprivileged id in the pod's securityContext, and remove settings of containers that override them.
#   bad: |
#     apiVersion: apps/v1
#     kind: Deployment
#     metadata: {name: ledger}
#     spec:
#       template:
#         spec:
#           securityContext: {runAsNonRoot: true}
#           containers:
#             - name: ledger
#               image: ledger:1.4.2
#             - name: proxy
#               image: proxy:2.0.1
#               securityContext: {runAsNonRoot: false}
#   good: |
#     apiVersion: apps/v1
#     kind: Deployment
#     metadata: {name: ledger}
#     spec:
#       template:
#         spec:
#           securityContext: {runAsNonRoot: true}
#           initContainers:
#             - name: migrate
#               image: ledger-migrate:1.4.2
#               securityContext: {runAsNonRoot: false, runAsUser: 10002}
#           containers:
#             - name: ledger
#               image: ledger:1.4.2
package policies.kubernetes.root_user

deny contains {"at": c.non_root.at, "msg": msg} if {
	some c in input.containers
	not c.non_root.ok
	msg := sprintf("container %q %s", [c.name, c.non_root.reason])
}
