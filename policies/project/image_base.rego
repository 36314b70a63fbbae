# METADATA
# title: Image is built on another base than the Dockerfile names
# description: >-
#   The label org.opencontainers.image.base.digest says which image this one was built on, and the Dockerfile
#   pins another digest: the image is older or newer than what was reviewed.
# related_resources:
#   - https://github.com/opencontainers/image-spec/blob/main/annotations.md
# custom:
#   severity: medium
#   cwe: [1357]
#   remediation: Build the image again from this Dockerfile.
#   bad: |
#     -- Dockerfile --
#     FROM debian:12@sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
#     USER 10001
#     -- image.json --
#     [{"Id": "sha256:9f2c", "RepoTags": ["ledger:1.4.2"], "Architecture": "amd64", "Os": "linux", "Config": {"User": "10001", "Labels": {"org.opencontainers.image.base.digest": "sha256:bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"}}}]
#   good: |
#     -- Dockerfile --
#     FROM debian:12@sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
#     USER 10001
#     -- image.json --
#     [{"Id": "sha256:9f2c", "RepoTags": ["ledger:1.4.2"], "Architecture": "amd64", "Os": "linux", "Config": {"User": "10001", "Labels": {"org.opencontainers.image.base.digest": "sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}}}]
package policies.project.image_base

deny contains {"at": ["image", 0, "labels", "org.opencontainers.image.base.digest"], "msg": msg, "related": [["dockerfile", 0, "stages", final, "base"]]} if {
	count(input.image) == 1
	count(input.dockerfile) == 1
	base := input.dockerfile[0].stages[final].base
	base.kind == "image"
	base.digest != ""
	input.image[0].base.digest != ""
	base.digest != input.image[0].base.digest
	msg := sprintf("the image was built on %s, and the Dockerfile names %s", [input.image[0].base.digest, base.digest])
}

final := input.dockerfile[0].final
