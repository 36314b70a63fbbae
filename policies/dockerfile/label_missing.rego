# METADATA
# title: Image lacks a label that is required
# description: >-
#   Whoever finds the image at night looks there for its owner and its source. Which labels are required is
#   configured; none by default.
# related_resources:
#   - https://github.com/opencontainers/image-spec/blob/main/annotations.md
# custom:
#   severity: low
#   equivalent:
#     - hadolint:DL3049
#   parameters:
#     required:
#       description: Keys of the labels that an image must have.
#       default: []
#       example: [org.opencontainers.image.source]
#   remediation: Set the label with LABEL in the final stage.
#   bad: |
#     FROM debian:12
#     USER 10001
#   good: |
#     FROM debian:12 AS build
#     FROM debian:12 AS base
#     LABEL org.opencontainers.image.source="https://example.com/app"
#     FROM base
#     COPY --from=build /app /app
#     USER 10001
package policies.dockerfile.label_missing

# A stage that no other needs is an image of its own, made with --target.
deny contains {"at": ["stages", i, "labels", name], "msg": msg} if {
	required := data.parameters.dockerfile.label_missing.required
	some i, stage in input.stages
	stage.leaf
	some name in required
	not stage.labels[name]
	msg := sprintf("the label %s is missing", [name])
}
