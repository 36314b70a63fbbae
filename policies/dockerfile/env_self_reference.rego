# METADATA
# title: ENV uses a variable that it sets itself
# description: >-
#   All values of an ENV instruction are expanded before the first is set, so the variable still has its older
#   value, or none.
# related_resources:
#   - https://docs.docker.com/reference/dockerfile/#environment-replacement
# custom:
#   severity: low
#   equivalent:
#     - hadolint:DL3044
#   remediation: Set the variable in an ENV of its own before.
#   bad: |
#     FROM debian:12
#     ENV HOME_DIR=/srv BIN_DIR=$HOME_DIR/bin
#     USER 10001
#   good: |
#     FROM debian:12
#     ARG VERSION=1
#     ENV VERSION=$VERSION NAME=app-$VERSION
#     ENV PATH=/opt/bin:$PATH ROOT=/srv
#     ENV BIN_DIR=$ROOT/bin LIB_DIR=${ROOT_DIR}/lib
#     USER 10001
package policies.dockerfile.env_self_reference

deny contains {"at": ["stages", i, "self_references", j], "msg": msg} if {
	some i, stage in input.stages
	some j, variable in stage.self_references
	msg := sprintf("%s uses %s, which the same ENV sets", [variable.name, variable.uses])
}
