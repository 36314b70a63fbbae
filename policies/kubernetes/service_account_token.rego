# METADATA
# title: Pod gets the token of an account that nobody chose for it
# description: >-
#   The default account of a namespace belongs to everything in it: what one workload gets granted
#   there, all have, and whoever breaks into the pod finds the token under /var/run/secrets.
# related_resources:
#   - https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/#opt-out-of-api-credential-automounting
# custom:
#   severity: medium
#   cwe: [250, 269]
#   equivalent:
#     - trivy:KSV-0036
#     - checkov:CKV_K8S_38
#     - checkov:CKV_K8S_41
#     - kube-linter:default-service-account
#     - kubescape:C-0034
#     - kubescape:C-0053
#     - kubescape:C-0261
#     - gatekeeper:K8sPSPAutomountServiceAccountTokenPod
#     - kics:service account token automount not disabled
#     - kics:service account name undefined or empty
#     - kics:default service account in use
#   parameters:
#     except_named:
#       description: Whether pods with an account of their own may have its token, as a controller needs it.
#       default: true
#   remediation: Set automountServiceAccountToken to false, or give the workload an account of its own if it needs the API.
#   bad: |
#     apiVersion: v1
#     kind: Pod
#     metadata: {name: ledger}
#     spec:
#       containers:
#         - name: ledger
#           image: ledger:1.4.2
#   good: |
#     apiVersion: v1
#     kind: Pod
#     metadata: {name: ledger}
#     spec:
#       automountServiceAccountToken: false
#       containers:
#         - name: ledger
#           image: ledger:1.4.2
#     ---
#     apiVersion: v1
#     kind: Pod
#     metadata: {name: operator}
#     spec:
#       serviceAccountName: ledger
#       containers:
#         - name: ledger
#           image: ledger:1.4.2
package policies.kubernetes.service_account_token

deny contains {"at": ["pods", i, "automount_token"], "msg": msg} if {
	some i, pod in input.pods
	account(pod.service_account)
	not prevented(pod.automount_token)
	msg := sprintf("the pod gets the token of the account %s", [named(pod.service_account)])
}

account(name) if name in {"", "default"}

account(_) if not data.parameters.kubernetes.service_account_token.except_named

prevented(flag) if {
	flag.set
	not flag.value
}

prevented(flag) if {
	not flag.set
	input.patch
}

named(name) := name if name != ""

named("") := "default"
