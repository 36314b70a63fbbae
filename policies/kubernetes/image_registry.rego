# METADATA
# title: Container image does not come from an allowed registry
# description: >-
#   Images from elsewhere are neither scanned nor kept by those who answer for what runs. Without a
#   configured list no registry is judged.
# related_resources:
#   - https://kubernetes.io/docs/concepts/containers/images/
# custom:
#   severity: high
#   cwe: [829, 1357]
#   equivalent:
#     - trivy:KSV-0032
#     - trivy:KSV-0033
#     - trivy:KSV-0034
#     - trivy:KSV-0035
#     - trivy:KSV-0125
#     - kubescape:C-0078
#     - gatekeeper:K8sAllowedRepos
#     - gatekeeper:K8sAllowedReposv2
#     - gatekeeper:K8sDisallowedRepos
#     - kyverno:restrict-image-registries
#   parameters:
#     allowed:
#       description: >-
#         Registries, or registries with a path, from which images may come; * stands for any text. docker.io is the
#         registry of a name without one.
#       default: []
#       example: [registry.example]
#     denied:
#       description: Registries from which no image may come, in the same form.
#       default: []
#   remediation: Take the image from an allowed registry, or from a mirror in one.
#   bad: |
#     apiVersion: v1
#     kind: Pod
#     metadata: {name: ledger}
#     spec:
#       containers:
#         - name: ledger
#           image: elsewhere.example/ledger:1.4.2
#   good: |
#     apiVersion: v1
#     kind: Pod
#     metadata: {name: ledger}
#     spec:
#       containers:
#         - name: ledger
#           image: registry.example/ledger:1.4.2
package policies.kubernetes.image_registry

deny contains {"at": ["containers", i, "image"], "msg": msg} if {
	judged
	some i, c in input.containers
	not trusted(c.reference)
	msg := sprintf("container %q runs %s, which is not from an allowed registry", [c.name, c.image])
}

judged if count(data.parameters.kubernetes.image_registry.allowed) > 0

judged if count(data.parameters.kubernetes.image_registry.denied) > 0

trusted(image) if {
	image.known
	not listed(image, data.parameters.kubernetes.image_registry.denied)
	allowed(image)
}

allowed(image) if listed(image, data.parameters.kubernetes.image_registry.allowed)

allowed(_) if data.parameters.kubernetes.image_registry.allowed == []

listed(image, patterns) if {
	some pattern in patterns
	some text in [image.registry, concat("/", [image.registry, image.repository])]
	glob.match(pattern, null, text)
}
