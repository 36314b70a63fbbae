# METADATA
# title: ADD is used where COPY would do
# description: >-
#   ADD also unpacks archives and fetches from the network, so one more file name or a variable can change what it
#   does. COPY only copies.
# related_resources:
#   - https://docs.docker.com/build/building/best-practices/#add-or-copy
# custom:
#   severity: low
#   equivalent:
#     - hadolint:DL3020
#     - trivy:DS-0005
#     - checkov:CKV_DOCKER_4
#     - kics:add instead of copy
#     - semgrep:prefer-copy-over-add
#     - dockle:CIS-DI-0009
#     - cis-docker:4.9
#   remediation: Write COPY.
#   bad: |
#     FROM debian:12
#     ADD app.jar /app/
#     USER 10001
#   good: |
#     FROM debian:12
#     ARG FILE
#     ADD rootfs.tar.xz /
#     ADD "file.tgz" /opt/
#     ADD --checksum=sha256:24454f830cdb571e2c4ad15481119c43b3cafd48dd869a9b2945d1036d1dc68d https://example.com/a.zip /
#     ADD https://github.com/example/app.git#8b1c1f3d7f0c4c4fb3a1c8b7f3a0d9e2c6b5a401 /src
#     ADD $FILE /
#     COPY app.jar /app/
#     USER 10001
package policies.dockerfile.add_local

deny contains {"at": ["stages", i, "copies", j], "msg": msg} if {
	some i, stage in input.stages
	some j, copy in stage.copies
	copy.plain
	msg := sprintf("ADD copies %s, which COPY does too", [concat(", ", copy.sources)])
}
