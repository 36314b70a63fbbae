# METADATA
# title: Compose service runs whatever is latest
# description: >-
#   The tag latest, or none, names another image every time that somebody publishes one: what was tested
#   is not what runs, and going back is not possible.
# related_resources:
#   - https://github.com/compose-spec/compose-spec/blob/main/05-services.md#image
#   - https://docs.docker.com/build/building/best-practices/#pin-base-image-versions
# custom:
#   severity: medium
#   cwe: [1357]
#   equivalent:
#     - kics:image version using latest
#     - semgrep:avoid-latest-version
#   remediation: Name the version of the image, with its digest.
#   bad: |
#     services:
#       ledger:
#         image: postgres
#         restart: always
#   good: |
#     services:
#       ledger:
#         build: .
#         image: ledger
#       database:
#         image: postgres:17.7@sha256:693540a9a89221ee675e6dc9a0c838b06b950c5b65957ea0b52a793de736d0b5
#       cache:
#         image: valkey/valkey:${VALKEY_VERSION:-8.1}
package policies.compose.image_latest

deny contains {"at": ["services", i, "image"], "msg": msg} if {
	some i, s in input.services
	not s.build.set
	s.image.tag == "latest"
	s.image.digest == ""
	msg := sprintf("service %q runs the latest %s", [s.name, s.image.repository])
}
