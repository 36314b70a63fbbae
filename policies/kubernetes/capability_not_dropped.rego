# METADATA
# title: Container keeps capabilities
# description: >-
#   The runtime gives a container some fourteen capabilities that a service does not use, and that
#   whoever takes it over does: to change owners, to make devices, to send raw packets.
# related_resources:
#   - https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted
# custom:
#   severity: medium
#   cwe: [250]
#   equivalent:
#     - pss:restricted/capabilities_restricted
#     - trivy:KSV-0003
#     - trivy:KSV-0004
#     - trivy:KSV-0106
#     - checkov:CKV_K8S_28
#     - checkov:CKV_K8S_37
#     - kube-linter:drop-net-raw-capability
#     - cis-kubernetes:5.2.10
#     - kyverno:require-drop-all
#     - kyverno:require-drop-cap-net-raw
#     - kics:net_raw capabilities not being dropped
#     - kics:no drop capabilities for containers
#     - kics:not limited capabilities for container
#   parameters:
#     except_windows:
#       description: Whether pods of Windows are left out, as since Kubernetes 1.25.
#       default: true
#     exact:
#       description: Whether every capability but NET_BIND_SERVICE is judged here too, and not by kubernetes/capability_added.
#       default: false
#   remediation: Set capabilities.drop to [ALL] in the securityContext of each container; a port below 1024 needs NET_BIND_SERVICE added.
#   bad: |
#     apiVersion: v1
#     kind: Pod
#     metadata: {name: ledger}
#     spec:
#       containers:
#         - name: ledger
#           image: ledger:1.4.2
#           securityContext: {capabilities: {drop: [NET_RAW]}}
#   good: |
#     apiVersion: v1
#     kind: Pod
#     metadata: {name: ledger}
#     spec:
#       containers:
#         - name: ledger
#           image: ledger:1.4.2
#           securityContext: {capabilities: {drop: [ALL], add: [NET_BIND_SERVICE]}}
package policies.kubernetes.capability_not_dropped

deny contains {"at": ["containers", i, "security", "dropped"], "msg": msg, "properties": {"control": "capabilities_restricted"}} if {
	some i, c in input.containers
	not "ALL" in c.security.dropped
	not unsaid(c)
	not windows(input.pods[c.pod])
	msg := sprintf("container %q keeps capabilities: capabilities.drop does not have ALL", [c.name])
}

deny contains {"at": ["containers", i, "security", "added", j], "msg": msg, "properties": {"control": "capabilities_restricted"}} if {
	data.parameters.kubernetes.capability_not_dropped.exact
	some i, c in input.containers
	some j, capability in c.security.added
	capability != "NET_BIND_SERVICE"
	not windows(input.pods[c.pod])
	msg := sprintf("container %q gets the capability %s", [c.name, capability])
}

# In a patch, absent is no statement.
unsaid(c) if {
	input.patch
	count(c.security.dropped) == 0
}

windows(pod) if {
	pod.windows
	data.parameters.kubernetes.capability_not_dropped.except_windows
}
