# METADATA
# title: ENV or LABEL is written without an equals sign
# description: >-
#   The old form takes the rest of the line for the value of one name, so ENV A B=C sets A to "B=C" and B to
#   nothing.
# related_resources:
#   - https://docs.docker.com/reference/dockerfile/#env
#   - https://docs.docker.com/reference/build-checks/legacy-key-value-format/
# custom:
#   severity: low
#   equivalent:
#     - buildkit:LegacyKeyValueFormat
#   remediation: Write name=value, with quotes around a value with blanks.
#   bad: |
#     FROM debian:12
#     ENV LANG C.UTF-8
#     USER 10001
#   good: |
#     FROM debian:12
#     ENV LANG=C.UTF-8 GREETING="good day"
#     LABEL description="a b"
#     USER 10001
package policies.dockerfile.legacy_key_value

deny contains {"at": ["stages", i, "legacy", j], "msg": msg} if {
	some i, stage in input.stages
	some j, pair in stage.legacy
	msg := sprintf("%s %s has no equals sign", [upper(pair.instruction), pair.name])
}
