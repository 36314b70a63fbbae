# METADATA
# title: AppArmor is switched off
# description: >-
#   AppArmor keeps a container from what its runtime knows to be dangerous, such as writing to /proc/sys
#   and mounting. Unconfined takes that away.
# related_resources:
#   - https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline
# custom:
#   severity: medium
#   cwe: [250]
#   equivalent:
#     - pss:baseline/appArmorProfile
#     - gatekeeper:K8sPSPAppArmor
#     - kyverno:restrict-apparmor-profiles
#   remediation: Set appArmorProfile.type to RuntimeDefault or Localhost, and remove the annotations of older clusters.
#   bad: |
#     apiVersion: v1
#     kind: Pod
#     metadata: {name: ledger}
#     spec:
#       containers:
#         - name: ledger
#           image: ledger:1.4.2
#           securityContext: {appArmorProfile: {type: Unconfined}}
#   good: |
#     apiVersion: v1
#     kind: Pod
#     metadata: {name: ledger, annotations: {container.apparmor.security.beta.kubernetes.io/ledger: localhost/ledger}}
#     spec:
#       securityContext: {appArmorProfile: {type: RuntimeDefault}}
#       containers:
#         - name: ledger
#           image: ledger:1.4.2
package policies.kubernetes.apparmor_profile

deny contains {"at": ["pods", i, "security", "apparmor"], "msg": msg, "properties": {"control": "appArmorProfile"}} if {
	some i, pod in input.pods
	unconfined(pod.security.apparmor)
	msg := sprintf("the pod's AppArmor profile is %s", [pod.security.apparmor.type])
}

deny contains {"at": ["containers", i, "security", "apparmor"], "msg": msg, "properties": {"control": "appArmorProfile"}} if {
	some i, c in input.containers
	unconfined(c.security.apparmor)
	msg := sprintf("container %q has the AppArmor profile %s", [c.name, c.security.apparmor.type])
}

# Before Kubernetes 1.30 annotations said it.
deny contains {"at": ["pods", i, "annotations", key], "msg": msg, "properties": {"control": "appArmorProfile"}} if {
	some i, pod in input.pods
	some key, value in pod.annotations
	startswith(key, "container.apparmor.security.beta.kubernetes.io/")
	not value in {"", "runtime/default"}
	not startswith(value, "localhost/")
	msg := sprintf("the AppArmor profile in the annotation %s is %s", [key, value])
}

unconfined(profile) if {
	profile.set
	not profile.type in {"RuntimeDefault", "Localhost"}
}
