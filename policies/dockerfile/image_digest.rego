# METADATA
# title: Image is not pinned by digest
# description: >-
#   A tag is a name that its owner, or whoever has the owner's password, can move to another image. Only the digest
#   names the image that was tested.
# related_resources:
#   - https://docs.docker.com/build/building/best-practices/#pin-base-image-versions
# custom:
#   severity: medium
#   cwe: [494, 1357]
#   equivalent:
#     - semgrep:dockerfile-source-not-pinned
#     - scorecard:Pinned-Dependencies
#   remediation: Add the digest behind the tag, which docker buildx imagetools inspect prints, and let a bot renew it.
#   bad: |
#     FROM debian:12.12-slim
#     USER 10001
#   good: |
#     ARG DIGEST=sha256:1111111111111111111111111111111111111111111111111111111111111111
#     FROM debian:12.12-slim@$DIGEST AS build
#     FROM build AS test
#     FROM scratch
#     COPY --from=test /app /app
#     USER 10001
package policies.dockerfile.image_digest

# For a Rust image the rule is dockerfile/rust_image_digest. A bare name in COPY --from may be meant as a stage.
deny contains {"at": ["images", i], "msg": msg} if {
	some i, image in input.images
	image.digest == ""
	image.known
	not image.rust
	not image.bare
	msg := sprintf("the image %s is not pinned by digest", [image.name])
}
