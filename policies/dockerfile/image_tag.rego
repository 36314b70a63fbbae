# METADATA
# title: Image has no tag, or the tag latest
# description: >-
#   Without a tag, and with the tag latest, each build may get another image than the one that was tested, and
#   nobody can say which.
# related_resources:
#   - https://docs.docker.com/build/building/best-practices/#pin-base-image-versions
# custom:
#   severity: medium
#   cwe: [1357]
#   equivalent:
#     - hadolint:DL3006
#     - hadolint:DL3007
#     - trivy:DS-0001
#     - checkov:CKV_DOCKER_7
#     - kics:image version not explicit
#     - kics:image version using latest
#     - semgrep:avoid-latest-version
#     - semgrep:missing-image-version
#     - dockle:DKL-DI-0006
#   remediation: Name the version in the tag, and best the digest behind it.
#   bad: |
#     FROM debian
#     USER 10001
#   good: |
#     ARG BASE
#     ARG VERSION=12
#     FROM debian:$VERSION AS build
#     FROM build AS test
#     FROM $BASE AS other
#     FROM localhost:5000/team/app@sha256:1111111111111111111111111111111111111111111111111111111111111111
#     FROM scratch
#     COPY --from=test /app /app
#     USER 10001
package policies.dockerfile.image_tag

# A Rust image has rules of its own: dockerfile/rust_image_exact. A bare name in COPY --from may be meant as a stage.
deny contains {"at": ["images", i], "msg": message(image)} if {
	some i, image in input.images
	image.known
	image.tag == "latest"
	image.digest == ""
	not image.rust
	not image.bare
}

message(image) := sprintf("the image %s has the tag latest", [image.name]) if image.tagged

message(image) := sprintf("the image %s has no tag", [image.name]) if not image.tagged
