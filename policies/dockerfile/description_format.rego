# METADATA
# title: Comment describes a stage or an argument in a form that Docker does not read
# description: >-
#   docker build --call=outline and --call=targets show the comment in front of ARG and FROM AS that begins with the
#   name and a blank. Only comments that seem to be meant so are judged, unless the parameter says otherwise.
# related_resources:
#   - https://docs.docker.com/reference/build-checks/invalid-definition-description/
# custom:
#   severity: low
#   equivalent:
#     - buildkit:InvalidDefinitionDescription
#   parameters:
#     all:
#       description: Whether each comment in front of ARG and FROM AS is judged.
#       default: false
#   remediation: Begin the comment with the name and a blank.
#   bad: |
#     # version: the release of Debian
#     ARG version=12
#     FROM debian:$version
#     USER 10001
#   good: |
#     # version is the release of Debian
#     ARG version=12
#     # Everything below runs with the compiler.
#     FROM debian:$version AS build
#     USER 10001
package policies.dockerfile.description_format

deny contains {"at": ["descriptions", i], "msg": msg} if {
	some i, description in input.descriptions
	judged(description)
	msg := sprintf("the comment does not begin with %q and a blank", [description.name])
}

judged(description) if description.meant

judged(_) if data.parameters.dockerfile.description_format.all
