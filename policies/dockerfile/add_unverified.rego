# METADATA
# title: ADD fetches what nothing verifies
# description: >-
#   Whoever controls the address, or the way to it, decides what is in the image, today and at each build.
# related_resources:
#   - https://docs.docker.com/reference/dockerfile/#add---checksum
#   - https://docs.docker.com/build/building/best-practices/#add-or-copy
# custom:
#   severity: medium
#   cwe: [494, 829]
#   equivalent:
#     - checkov:CKV_DOCKER_4
#     - dockle:CIS-DI-0009
#     - cis-docker:4.9
#     - kics:curl or wget instead of add
#   remediation: Give --checksum for a URL and a commit for a git repository.
#   bad: |
#     FROM debian:12
#     ADD https://example.com/app.tar.gz /app/
#     USER 10001
#   good: |
#     FROM debian:12
#     ADD --checksum=sha256:24454f830cdb571e2c4ad15481119c43b3cafd48dd869a9b2945d1036d1dc68d https://example.com/a.zip /
#     ADD https://github.com/example/app.git#8b1c1f3d7f0c4c4fb3a1c8b7f3a0d9e2c6b5a401 /src
#     ADD rootfs.tar.xz /
#     USER 10001
package policies.dockerfile.add_unverified

deny contains {"at": ["stages", i, "copies", j], "msg": msg} if {
	some i, stage in input.stages
	some j, copy in stage.copies
	some source in copy.unverified
	msg := sprintf("ADD fetches %s without a checksum", [source])
}
