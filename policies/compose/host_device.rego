# METADATA
# title: Compose service gets a device of its host
# description: >-
#   A device is used past the engine's separation, with whatever its driver allows: each is worth a look,
#   and a comment on why it is needed.
# related_resources:
#   - https://github.com/compose-spec/compose-spec/blob/main/05-services.md#devices
#   - https://docs.docker.com/reference/cli/docker/container/run/#device
# custom:
#   severity: low
#   cwe: [653]
#   equivalent:
#     - cis-docker:5.18
#   remediation: Remove the device where the service does without, and leave out the permissions that it does not need.
#   bad: |
#     services:
#       ledger:
#         image: ledger:1.4.2
#         devices: ["/dev/kvm"]
#   good: |
#     services:
#       ledger:
#         image: ledger:1.4.2
#         devices: ["/dev/null:/dev/xconsole"]
package policies.compose.host_device

deny contains {"at": ["services", i, "devices", j], "msg": msg} if {
	some i, s in input.services
	some j, d in s.devices
	d.class == ""
	msg := sprintf("service %q gets the device %s of its host with the permissions %s", [s.name, d.name, d.permissions])
}
