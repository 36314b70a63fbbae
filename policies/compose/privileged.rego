# METADATA
# title: Compose service is privileged
# description: >-
#   A privileged container has all capabilities and all devices of its host. It can mount the host's disk
#   and load kernel modules, so neither its user nor its read-only file system confines it.
# related_resources:
#   - https://github.com/compose-spec/compose-spec/blob/main/05-services.md#privileged
#   - https://docs.docker.com/engine/containers/run/#runtime-privilege-and-linux-capabilities
# custom:
#   severity: critical
#   cwe: [250]
#   equivalent:
#     - cis-docker:5.5
#     - semgrep:privileged-service
#   non_negotiable: true
#   remediation: Remove privileged and add the single capability or device that the service needs with cap_add or devices.
#   bad: |
#     services:
#       agent:
#         image: agent:1.0.0
#         user: "10001"
#         read_only: true
#         privileged: true
#   good: |
#     services:
#       agent:
#         image: agent:1.0.0
#         privileged: false
#         cap_add: [NET_ADMIN]
package policies.compose.privileged

deny contains {"at": ["services", i, "privileged"], "msg": msg} if {
	some i, s in input.services
	s.privileged.on
	msg := sprintf("service %q is privileged", [s.name])
}

deny contains {"at": ["services", i, "privileged"], "msg": msg} if {
	some i, s in input.services
	not s.privileged.known
	msg := sprintf("service %q may be privileged: the value is not known from the files: %q", [s.name, s.privileged.value])
}
