# METADATA
# title: Compose service runs an image without digest
# description: >-
#   A tag can be moved to another image, by its publisher or by whoever takes over the account. A digest
#   names one image for good.
# related_resources:
#   - https://github.com/compose-spec/compose-spec/blob/main/05-services.md#image
#   - https://docs.docker.com/build/building/best-practices/#pin-base-image-versions
# custom:
#   severity: low
#   cwe: [1357, 494]
#   remediation: Add the digest of the image to its reference.
#   bad: |
#     services:
#       ledger:
#         image: ledger:1.4.2
#         restart: always
#   good: |
#     services:
#       ledger:
#         build: .
#         image: ledger:dev
#       database:
#         image: postgres:17.7@sha256:693540a9a89221ee675e6dc9a0c838b06b950c5b65957ea0b52a793de736d0b5
package policies.compose.image_digest

deny contains {"at": ["services", i, "image"], "msg": msg} if {
	some i, s in input.services
	not s.build.set
	s.image.name != ""
	s.image.digest == ""
	s.image.tag != "latest"
	msg := sprintf("service %q runs %s, which no digest pins", [s.name, s.image.name])
}
