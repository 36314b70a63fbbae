# METADATA
# title: Container is privileged
# description: >-
#   A privileged container has all capabilities and all devices of its node. It can mount the node's
#   disk and load kernel modules, so neither its user nor its read-only file system confines it.
# related_resources:
#   - https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline
#   - https://kubernetes.io/docs/concepts/security/linux-kernel-security-constraints/#privileged-containers
# custom:
#   severity: critical
#   cwe: [250]
#   equivalent:
#     - pss:baseline/privileged
#     - trivy:KSV-0017
#     - checkov:CKV_K8S_16
#     - kube-linter:privileged-container
#     - kubescape:C-0057
#     - gatekeeper:K8sPSPPrivilegedContainer
#     - semgrep:privileged-container
#     - cis-kubernetes:5.2.2
#     - kyverno:disallow-privileged-containers
#     - kics:container is privileged
#   non_negotiable: true
#   remediation: Remove privileged from the container's securityContext and add the single capability or device that it needs.
#   bad: |
#     apiVersion: apps/v1
#     kind: DaemonSet
#     metadata: {name: agent}
#     spec:
#       template:
#         spec:
#           containers:
#             - name: agent
#               image: agent:1.0.0
#               securityContext: {privileged: true}
#   good: |
#     apiVersion: apps/v1
#     kind: DaemonSet
#     metadata: {name: agent}
#     spec:
#       template:
#         spec:
#           containers:
#             - name: agent
#               image: agent:1.0.0
#               securityContext: {privileged: false}
package policies.kubernetes.privileged

deny contains {"at": c.unprivileged.at, "msg": msg, "properties": {"control": "privileged"}} if {
	some c in input.containers
	not c.unprivileged.ok
	msg := sprintf("container %q %s", [c.name, c.unprivileged.reason])
}
