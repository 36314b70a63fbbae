# METADATA
# title: Image has a label that is not allowed
# description: >-
#   Where labels have an agreed schema, another key is a misspelt one or says something nobody reads. Which keys are
#   allowed is configured; all by default.
# related_resources:
#   - https://github.com/opencontainers/image-spec/blob/main/annotations.md
# custom:
#   severity: low
#   equivalent:
#     - hadolint:DL3050
#   parameters:
#     allowed:
#       description: Keys of the labels that an image may have; all where the list is empty.
#       default: []
#       example: [org.opencontainers.image.version]
#   remediation: Remove the label, or use the agreed key.
#   bad: |
#     FROM debian:12
#     LABEL org.opencontainers.image.vresion="1.0.0"
#     USER 10001
#   good: |
#     FROM debian:12
#     LABEL org.opencontainers.image.version="1.0.0"
#     USER 10001
package policies.dockerfile.label_unknown

deny contains {"at": ["stages", i, "labelled", j], "msg": msg} if {
	allowed := data.parameters.dockerfile.label_unknown.allowed
	count(allowed) > 0
	some i, stage in input.stages
	some j, label in stage.labelled
	not label.name in allowed
	msg := sprintf("the label %s is not among those that are allowed", [label.name])
}
