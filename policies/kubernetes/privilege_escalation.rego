# METADATA
# title: Container may gain privileges
# description: >-
#   A program with the setuid bit, or with capabilities of its own, gives a process in the container
#   more than it was started with. allowPrivilegeEscalation: false sets the kernel's no_new_privs, which
#   ends that.
# related_resources:
#   - https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted
# custom:
#   severity: medium
#   cwe: [250]
#   equivalent:
#     - pss:restricted/allowPrivilegeEscalation
#     - trivy:KSV-0001
#     - checkov:CKV_K8S_20
#     - kube-linter:privilege-escalation-container
#     - kubescape:C-0016
#     - gatekeeper:K8sPSPAllowPrivilegeEscalationContainer
#     - cis-kubernetes:5.2.6
#     - kyverno:disallow-privilege-escalation
#     - kics:privilege escalation allowed
#   parameters:
#     except_windows:
#       description: Whether pods of Windows are left out, as since Kubernetes 1.25.
#       default: true
#   remediation: Set allowPrivilegeEscalation to false in the securityContext of each container.
#   bad: |
#     apiVersion: v1
#     kind: Pod
#     metadata: {name: ledger}
#     spec:
#       containers:
#         - name: ledger
#           image: ledger:1.4.2
#           securityContext: {runAsUser: 10001}
#   good: |
#     apiVersion: v1
#     kind: Pod
#     metadata: {name: ledger}
#     spec:
#       containers:
#         - name: ledger
#           image: ledger:1.4.2
#           securityContext: {allowPrivilegeEscalation: false}
package policies.kubernetes.privilege_escalation

deny contains {"at": ["containers", i, "security", "privilege_escalation"], "msg": msg, "properties": {"control": "allowPrivilegeEscalation"}} if {
	some i, c in input.containers
	not prevented(c.security.privilege_escalation)
	not windows(input.pods[c.pod])
	msg := sprintf("container %q may gain privileges: allowPrivilegeEscalation is %s", [c.name, said(c.security.privilege_escalation)])
}

prevented(flag) if {
	flag.set
	not flag.value
}

# What a patch does not say stands in the object under it.
prevented(flag) if {
	not flag.set
	input.patch
}

said(flag) := "true" if flag.set

said(flag) := "not set" if not flag.set

windows(pod) if {
	pod.windows
	data.parameters.kubernetes.privilege_escalation.except_windows
}
