# METADATA
# title: Seccomp is switched off
# description: >-
#   Seccomp keeps system calls from a container that a service has no use for, and that most escapes
#   from containers begin with. Unconfined opens all of them.
# related_resources:
#   - https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline
# custom:
#   severity: high
#   cwe: [250]
#   equivalent:
#     - pss:baseline/seccompProfile_baseline
#     - trivy:KSV-0104
#     - gatekeeper:K8sPSPSeccomp
#     - gatekeeper:K8sPSPSeccompV2
#     - kyverno:restrict-seccomp
#   parameters:
#     annotations:
#       description: Whether annotations are judged instead of fields, as Kubernetes before 1.19 wants it.
#       default: false
#   remediation: Set seccompProfile.type to RuntimeDefault or Localhost.
#   bad: |
#     apiVersion: v1
#     kind: Pod
#     metadata: {name: ledger}
#     spec:
#       containers:
#         - name: ledger
#           image: ledger:1.4.2
#           securityContext: {seccompProfile: {type: Unconfined}}
#   good: |
#     apiVersion: v1
#     kind: Pod
#     metadata: {name: ledger}
#     spec:
#       securityContext: {seccompProfile: {type: RuntimeDefault}}
#       containers:
#         - name: ledger
#           image: ledger:1.4.2
package policies.kubernetes.seccomp_unconfined

deny contains {"at": ["pods", i, "security", "seccomp"], "msg": msg, "properties": {"control": "seccompProfile_baseline"}} if {
	fields
	some i, pod in input.pods
	unconfined(pod.security.seccomp)
	msg := sprintf("the pod's seccomp profile is %s", [pod.security.seccomp.type])
}

deny contains {"at": ["containers", i, "security", "seccomp"], "msg": msg, "properties": {"control": "seccompProfile_baseline"}} if {
	fields
	some i, c in input.containers
	unconfined(c.security.seccomp)
	msg := sprintf("container %q has the seccomp profile %s", [c.name, c.security.seccomp.type])
}

deny contains {"at": ["pods", i, "annotations", key], "msg": msg, "properties": {"control": "seccompProfile_baseline"}} if {
	not fields
	some i, pod in input.pods
	some key in annotations(i)
	value := pod.annotations[key]
	not value in {"runtime/default", "docker/default"}
	not startswith(value, "localhost/")
	msg := sprintf("the seccomp profile in the annotation %s is %s", [key, value])
}

fields if not data.parameters.kubernetes.seccomp_unconfined.annotations

# annotations are those that Kubernetes read before 1.19.
annotations(i) := {"seccomp.security.alpha.kubernetes.io/pod"} | {key |
	some c in input.containers
	c.pod == i
	key := concat("", ["container.seccomp.security.alpha.kubernetes.io/", c.name])
}

unconfined(profile) if {
	profile.set
	not profile.type in {"RuntimeDefault", "Localhost"}
}
