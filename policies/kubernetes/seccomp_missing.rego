# METADATA
# title: Container has no seccomp profile
# description: >-
#   Unless the kubelet is told otherwise, a container without a profile has no seccomp filter at all,
#   and every system call of the node's kernel is open to it.
# related_resources:
#   - https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted
#   - https://kubernetes.io/docs/tutorials/security/seccomp/
# custom:
#   severity: medium
#   cwe: [250]
#   equivalent:
#     - pss:restricted/seccompProfile_restricted
#     - trivy:KSV-0030
#     - checkov:CKV_K8S_31
#     - kubescape:C-0055
#     - cis-kubernetes:5.7.2
#     - kyverno:restrict-seccomp-strict
#     - kics:seccomp profile is not configured
#     - gatekeeper:K8sPSPSeccompV2
#   parameters:
#     except_windows:
#       description: Whether pods of Windows are left out, as since Kubernetes 1.25.
#       default: true
#     exact:
#       description: Whether profiles are judged here too that kubernetes/seccomp_unconfined judges.
#       default: false
#   remediation: Set seccompProfile.type to RuntimeDefault in the securityContext of the pod.
#   bad: |
#     apiVersion: v1
#     kind: Pod
#     metadata: {name: ledger}
#     spec:
#       securityContext: {runAsNonRoot: true}
#       containers:
#         - name: ledger
#           image: ledger:1.4.2
#   good: |
#     apiVersion: v1
#     kind: Pod
#     metadata: {name: ledger}
#     spec:
#       securityContext: {seccompProfile: {type: RuntimeDefault}}
#       containers:
#         - name: ledger
#           image: ledger:1.4.2
package policies.kubernetes.seccomp_missing

deny contains {"at": ["containers", i, "security", "seccomp"], "msg": msg, "properties": {"control": "seccompProfile_restricted"}} if {
	not input.patch
	some i, c in input.containers
	pod := input.pods[c.pod]
	not c.security.seccomp.set
	not confined(pod.security.seccomp)
	not judged(pod.security.seccomp)
	not windows(pod)
	msg := sprintf("container %q has no seccomp profile", [c.name])
}

deny contains {"at": array.concat(at, ["security", "seccomp"]), "msg": msg, "properties": {"control": "seccompProfile_restricted"}} if {
	data.parameters.kubernetes.seccomp_missing.exact
	some [at, pod, profile] in profiles
	not confined(profile)
	not windows(pod)
	msg := sprintf("the seccomp profile is %s", [profile.type])
}

profiles contains [["pods", i], pod, pod.security.seccomp] if {
	some i, pod in input.pods
	pod.security.seccomp.set
}

profiles contains [["containers", i], input.pods[c.pod], c.security.seccomp] if {
	some i, c in input.containers
	c.security.seccomp.set
}

confined(profile) if profile.type in {"RuntimeDefault", "Localhost"}

# kubernetes/seccomp_unconfined has said it of the pod.
judged(profile) if {
	profile.set
	not data.parameters.kubernetes.seccomp_missing.exact
}

windows(pod) if {
	pod.windows
	data.parameters.kubernetes.seccomp_missing.except_windows
}
