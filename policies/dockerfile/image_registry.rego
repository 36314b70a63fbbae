# METADATA
# title: Image does not come from an allowed registry
# description: >-
#   Images from elsewhere are neither scanned nor kept by those who answer for what runs. Without a configured list,
#   no registry is judged.
# related_resources:
#   - https://github.com/hadolint/hadolint/wiki/DL3026
# custom:
#   severity: high
#   cwe: [829, 1357]
#   equivalent:
#     - hadolint:DL3026
#     - cis-docker:4.2
#   parameters:
#     allowed:
#       description: >-
#         Registries, or registries with a path, from which images may come; * stands for any text. docker.io is the
#         registry of a name without one.
#       default: []
#       example: [registry.example, "registry.example:5000"]
#   remediation: Take the image from an allowed registry, or from a mirror in one.
#   bad: |
#     FROM elsewhere.example/debian:12
#     USER 10001
#   good: |
#     FROM registry.example/debian:12 AS build
#     COPY --from=registry.example:5000/tools/mc:1 /mc /mc
#     FROM scratch
#     COPY --from=build /app /app
#     USER 10001
package policies.dockerfile.image_registry

deny contains {"at": ["images", i], "msg": msg} if {
	allowed := data.parameters.dockerfile.image_registry.allowed
	count(allowed) > 0
	some i, image in input.images
	not trusted(image, allowed)
	msg := sprintf("the image %s comes from %s, which is not among the allowed registries", [image.name, image.registry])
}

trusted(image, allowed) if {
	some pattern in allowed
	name := concat("/", [image.registry, image.repository])
	some text in [image.registry, name]
	glob.match(pattern, null, text)
}
