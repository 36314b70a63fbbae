# METADATA
# title: Label has a key that tools may refuse
# description: >-
#   Docker asks for keys of lower-case letters, digits, dots and hyphens that begin with a letter, and keeps
#   com.docker, io.docker and org.dockerproject for itself. Selectors and registries trip over others.
# related_resources:
#   - https://docs.docker.com/engine/manage-resources/labels/#key-format-recommendations
# custom:
#   severity: low
#   equivalent:
#     - hadolint:DL3048
#   remediation: Write the key in lower case, below a domain that is yours.
#   bad: |
#     FROM debian:12
#     LABEL com.docker.label="app"
#     USER 10001
#   good: |
#     FROM debian:12
#     LABEL org.valid-key.label3="a" description="b" org.opencontainers.image.version="1.0.0"
#     USER 10001
package policies.dockerfile.label_key

deny contains {"at": ["stages", i, "labelled", j], "msg": msg} if {
	some i, stage in input.stages
	some j, label in stage.labelled
	msg := sprintf(problem[label.problem], [label.name])
}

problem := {
	"reserved": "the key %s begins with a name that Docker keeps for itself",
	"characters": "the key %s has other characters than lower-case letters, digits, dots and hyphens",
	"separators": "the key %s has two separators in a row",
	"ends": "the key %s does not begin with a letter and end with a letter or digit",
}
