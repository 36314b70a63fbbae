# METADATA
# title: Container image is not pinned by a digest
# description: >-
#   A tag can be moved to another image, by its publisher or by whoever takes over the account. A digest
#   names one image for good.
# related_resources:
#   - https://kubernetes.io/docs/concepts/containers/images/#image-names
# custom:
#   severity: low
#   cwe: [1357, 494]
#   equivalent:
#     - checkov:CKV_K8S_43
#     - kubescape:C-0306
#     - gatekeeper:K8sImageDigests
#     - kics:image without digest
#   remediation: Add the digest of the image to its reference.
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
#       containers:
#         - name: ledger
#           image: ledger:1.4.2@sha256:e7d05a0a8dcc1c9510acd9fbf257146a4dfaf61798e6b7b1220e4a202ca72c28
package policies.kubernetes.image_digest

deny contains {"at": ["containers", i, "image"], "msg": msg} if {
	some i, c in input.containers
	c.reference.digest == ""
	c.reference.known
	not c.reference.tag in {"", "latest"} # kubernetes/image_tag says it
	msg := sprintf("container %q runs %s, which no digest pins", [c.name, c.image])
}
