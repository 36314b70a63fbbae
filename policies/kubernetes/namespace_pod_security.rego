# METADATA
# title: Namespace demands no security of its pods
# description: >-
#   Without pod-security.kubernetes.io/enforce the API server admits privileged pods: whoever may create
#   a pod in the namespace has its node.
# related_resources:
#   - https://kubernetes.io/docs/concepts/security/pod-security-admission/
# custom:
#   severity: low
#   cwe: [693]
#   equivalent:
#     - kubescape:C-0068
#     - cis-kubernetes:5.2.1
#   remediation: Label the namespace with pod-security.kubernetes.io/enforce, restricted or at least baseline.
#   bad: |
#     apiVersion: v1
#     kind: Namespace
#     metadata: {name: payments}
#   good: |
#     apiVersion: v1
#     kind: Namespace
#     metadata: {name: payments, labels: {pod-security.kubernetes.io/enforce: restricted}}
#
#     ---
#     apiVersion: v1
#     kind: Namespace
#     metadata: {name: kube-system}
package policies.kubernetes.namespace_pod_security

deny contains {"at": ["labels"], "msg": msg} if {
	input.kind == "Namespace"
	input.api_version == "v1"
	not input.patch
	not input.name in {"kube-system", "kube-public", "kube-node-lease"}
	level := object.get(input.labels, "pod-security.kubernetes.io/enforce", "")
	not level in {"baseline", "restricted"}
	msg := sprintf("namespace %q %s", [input.name, words(level)])
}

words("") := "has no pod-security.kubernetes.io/enforce"

words(level) := sprintf("enforces the level %q, which allows everything", [level]) if level != ""
