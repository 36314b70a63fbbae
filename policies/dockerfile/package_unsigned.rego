# METADATA
# title: Packages are installed without a check of signatures
# description: >-
#   The signature is what ties a package to the distribution. Without it, whoever controls a mirror or
#   the network gets code of their choice into the image, as root.
# related_resources:
#   - https://wiki.debian.org/SecureApt
# custom:
#   severity: high
#   cwe: [345, 494]
#   equivalent:
#     - checkov:CKV2_DOCKER_7
#     - checkov:CKV2_DOCKER_8
#     - checkov:CKV2_DOCKER_9
#     - checkov:CKV2_DOCKER_10
#     - checkov:CKV2_DOCKER_11
#     - cis-docker:4.11
#   remediation: >-
#     Install the key of the repository (apt: signed-by), and take the switch out.
#   bad: |
#     FROM alpine:3.20
#     RUN apk add --no-cache --allow-untrusted https://example.com/tool.apk
#   good: |
#     FROM debian:12
#     COPY example.gpg /etc/apt/keyrings/example.gpg
#     RUN echo "deb [signed-by=/etc/apt/keyrings/example.gpg] https://example.com/apt stable main" > /etc/apt/sources.list.d/example.list
#     RUN apt-get update && apt-get install -y --no-install-recommends tool=1.2.3 && rm -rf /var/lib/apt/lists/* && echo --force-yes
#     RUN rpm -i local.rpm && sed -i s/gpgcheck=0/gpgcheck=1/ /etc/yum.repos.d/x.repo
package policies.dockerfile.package_unsigned

deny contains {"at": ["stages", i, "unchecked", j], "msg": msg} if {
	some i, stage in input.stages
	some j, place in stage.unchecked
	place.check == "signature"
	msg := sprintf("%s does not check signatures: %s", [place.name, place.text])
}
