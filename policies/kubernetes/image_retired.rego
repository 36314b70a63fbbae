# METADATA
# title: Image is of a project, or from a registry, that is no longer kept
# description: >-
#   Nobody mends what is found in it any more, and a registry that is closed stops giving it out.
# related_resources:
#   - https://kubernetes.io/blog/2023/03/10/image-registry-redirect/
#   - https://kubernetes.io/blog/2025/11/11/ingress-nginx-retirement/
# custom:
#   severity: medium
#   cwe: [1104]
#   equivalent:
#     - kubescape:C-0253
#     - kubescape:C-0292
#     - trivy:KSV-0102
#     - checkov:CKV_K8S_34
#     - kics:tiller (helm v2) is deployed
#     - kyverno:disallow-helm-tiller
#   remediation: Move to what the message names, or to another project that is kept.
#   bad: |
#     apiVersion: v1
#     kind: Pod
#     metadata: {name: ledger}
#     spec:
#       containers:
#         - name: ledger
#           image: k8s.gcr.io/pause:3.9
#   good: |
#     apiVersion: v1
#     kind: Pod
#     metadata: {name: ledger}
#     spec:
#       containers:
#         - name: ledger
#           image: registry.k8s.io/pause:3.10
package policies.kubernetes.image_retired

deny contains {"at": ["containers", i, "image"], "msg": msg} if {
	some i, c in input.containers
	some name in [c.reference.registry, concat("/", [c.reference.registry, c.reference.repository])]
	reason := data.tables.retired_images.images[name]
	msg := sprintf("container %q runs %s: %s", [c.name, c.image, reason])
}
