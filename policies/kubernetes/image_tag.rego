# METADATA
# title: Container image has no tag, or the tag latest
# description: >-
#   Each node may get another image than the one that was tested, and a rollback goes back to nothing
#   that anybody can name.
# related_resources:
#   - https://kubernetes.io/docs/concepts/containers/images/
# custom:
#   severity: medium
#   cwe: [1357]
#   equivalent:
#     - trivy:KSV-0013
#     - checkov:CKV_K8S_14
#     - kube-linter:latest-tag
#     - gatekeeper:K8sDisallowedTags
#     - kyverno:disallow-latest-tag
#     - kics:invalid image
#   remediation: Name the version in the tag, and best the digest behind it.
#   bad: |
#     apiVersion: v1
#     kind: Pod
#     metadata: {name: ledger}
#     spec:
#       containers:
#         - name: ledger
#           image: ledger
#   good: |
#     apiVersion: v1
#     kind: Pod
#     metadata: {name: ledger}
#     spec:
#       initContainers:
#         - {name: setup, image: "ledger:1.4.2"}
#         - {name: rendered, image: "ledger:$(TAG)"}
#       containers:
#         - name: ledger
#           image: registry.example.com:5000/ledger@sha256:e7d05a0a8dcc1c9510acd9fbf257146a4dfaf61798e6b7b1220e4a202ca72c28
package policies.kubernetes.image_tag

deny contains {"at": ["containers", i, "image"], "msg": message(c)} if {
	some i, c in input.containers
	c.reference.tag in {"", "latest"}
	c.reference.known
	c.reference.digest == ""
}

message(c) := sprintf("container %q runs %s, whose tag is latest", [c.name, c.image]) if c.reference.tag == "latest"

message(c) := sprintf("container %q runs %s, which has no tag", [c.name, c.image]) if c.reference.tag == ""
