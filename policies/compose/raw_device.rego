# METADATA
# title: Compose service gets the disks or the memory of its host
# description: >-
#   Whoever reads a disk or the memory of the host reads everything on it, past all permissions, and
#   whoever writes it owns the host.
# related_resources:
#   - https://github.com/compose-spec/compose-spec/blob/main/05-services.md#devices
#   - https://docs.docker.com/reference/cli/docker/container/run/#device
# custom:
#   severity: high
#   cwe: [250, 653]
#   equivalent:
#     - cis-docker:5.18
#   remediation: Remove the device, and mount the folder that is needed as a volume.
#   bad: |
#     services:
#       ledger:
#         image: ledger:1.4.2
#         devices: ["/dev/sda1:/dev/xvdc:r"]
#   good: |
#     services:
#       ledger:
#         image: ledger:1.4.2
#         devices: ["/dev/ttyUSB0", "/dev/null:/dev/xconsole", "nvidia.com/gpu=all"]
#         device_cgroup_rules: ["c 81:* rmw"]
package policies.compose.raw_device

what := {"disk": "a disk", "memory": "the memory", "all": "all devices"}

deny contains {"at": ["services", i, "devices", j], "msg": msg} if {
	some i, s in input.services
	some j, d in s.devices
	msg := sprintf("service %q gets %s of its host: %s", [s.name, what[d.class], d.name])
}

deny contains {"at": ["services", i, "device_rules", j], "msg": msg} if {
	some i, s in input.services
	some j, r in s.device_rules
	regex.match(`^(a|b)\b|\*:\*`, r.name)
	msg := sprintf("service %q may use all devices, or all disks, of its host: %q", [s.name, r.name])
}
