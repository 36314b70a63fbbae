# METADATA
# title: Container gets a capability beyond the usual
# description: >-
#   Beyond the capabilities that container runtimes give by default, most are a way to the node:
#   SYS_ADMIN mounts, SYS_PTRACE reads other processes, SYS_MODULE loads code into the kernel, NET_ADMIN
#   rewrites the network.
# related_resources:
#   - https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline
# custom:
#   severity: high
#   cwe: [250]
#   equivalent:
#     - pss:baseline/capabilities_baseline
#     - trivy:KSV-0005
#     - trivy:KSV-0022
#     - trivy:KSV-0119
#     - trivy:KSV-0120
#     - checkov:CKV_K8S_25
#     - checkov:CKV_K8S_39
#     - kubescape:C-0046
#     - gatekeeper:K8sPSPCapabilities
#     - cis-kubernetes:5.2.8
#     - cis-kubernetes:5.2.9
#     - kyverno:disallow-capabilities
#     - kyverno:disallow-capabilities-strict
#     - kics:containers with added capabilities
#     - kics:containers with sys admin capabilities
#   parameters:
#     allowed:
#       description: Capabilities that may be added.
#       default: [AUDIT_WRITE, CHOWN, DAC_OVERRIDE, FOWNER, FSETID, KILL, MKNOD, NET_BIND_SERVICE, SETFCAP, SETGID, SETPCAP, SETUID, SYS_CHROOT]
#   remediation: Remove the capability from capabilities.add, or do the privileged step outside of the service.
#   bad: |
#     apiVersion: v1
#     kind: Pod
#     metadata: {name: ledger}
#     spec:
#       containers:
#         - name: ledger
#           image: ledger:1.4.2
#           securityContext:
#             capabilities: {drop: [ALL], add: [NET_ADMIN]}
#   good: |
#     apiVersion: v1
#     kind: Pod
#     metadata: {name: ledger}
#     spec:
#       containers:
#         - name: ledger
#           image: ledger:1.4.2
#           securityContext:
#             capabilities: {drop: [ALL], add: [NET_BIND_SERVICE]}
package policies.kubernetes.capability_added

deny contains {"at": ["containers", i, "security", "added", j], "msg": msg, "properties": {"control": "capabilities_baseline"}} if {
	some i, c in input.containers
	some j, capability in c.security.added
	not capability in data.parameters.kubernetes.capability_added.allowed
	msg := sprintf("container %q gets the capability %s", [c.name, capability])
}
