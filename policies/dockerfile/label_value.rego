# METADATA
# title: Label does not have the format that its key asks for
# description: >-
#   Registries and scanners read these labels to tell where an image comes from, and drop what they cannot read. The
#   keys of the OCI image specification are checked by what it says; others by configuration.
# related_resources:
#   - https://github.com/opencontainers/image-spec/blob/main/annotations.md
# custom:
#   severity: low
#   equivalent:
#     - hadolint:DL3051
#     - hadolint:DL3052
#     - hadolint:DL3053
#     - hadolint:DL3054
#     - hadolint:DL3055
#     - hadolint:DL3056
#     - hadolint:DL3058
#   parameters:
#     formats:
#       description: >-
#         The format of a label by its key: text for any but the empty one, url, rfc3339, spdx, git_hash, semver or email.
#       default:
#         org.opencontainers.image.created: rfc3339
#         org.opencontainers.image.url: url
#         org.opencontainers.image.source: url
#         org.opencontainers.image.documentation: url
#         org.opencontainers.image.licenses: spdx
#         org.opencontainers.image.authors: text
#         org.opencontainers.image.version: text
#         org.opencontainers.image.revision: text
#         org.opencontainers.image.vendor: text
#         org.opencontainers.image.title: text
#         org.opencontainers.image.description: text
#   remediation: Write the value in the format of its key.
#   bad: |
#     FROM debian:12
#     LABEL org.opencontainers.image.created="yesterday"
#     USER 10001
#   good: |
#     FROM debian:12
#     ARG CREATED
#     LABEL org.opencontainers.image.created=$CREATED org.opencontainers.image.licenses="Apache-2.0 OR MIT" \
#         org.opencontainers.image.source="https://example.com/app" org.opencontainers.image.version="2025-11" version=""
#     USER 10001
package policies.dockerfile.label_value

deny contains {"at": ["stages", i, "labelled", j], "msg": msg} if {
	formats := data.parameters.dockerfile.label_value.formats
	some i, stage in input.stages
	some j, label in stage.labelled
	label.known
	format := formats[label.name]
	not fits(label, format)
	msg := sprintf("the label %s has the value %q, which is no %s", [label.name, label.value, format])
}

fits(label, "text") if label.value != ""

fits(label, format) if format in label.formats
