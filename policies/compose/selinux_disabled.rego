# METADATA
# title: SELinux does not separate a compose service
# description: >-
#   With labels switched off, or with a type such as spc_t, SELinux no longer keeps the container from
#   files and processes of the host and of other containers.
# related_resources:
#   - https://docs.docker.com/reference/cli/docker/container/run/#security-opt
# custom:
#   severity: medium
#   cwe: [693]
#   equivalent:
#     - cis-docker:5.3
#     - semgrep:selinux-separation-disabled
#   remediation: Remove the label from security_opt, and mount with the option z or Z what the service must reach.
#   bad: |
#     services:
#       ledger:
#         image: ledger:1.4.2
#         security_opt: ["label:disable"]
#   good: |
#     services:
#       ledger:
#         image: ledger:1.4.2
#         security_opt: ["label=level:s0:c100,c200"]
#         volumes: ["./data:/data:Z"]
package policies.compose.selinux_disabled

deny contains {"at": ["services", i, "security", "label"], "msg": msg} if {
	some i, s in input.services
	s.security.label.disabled
	msg := sprintf("service %q is not separated by SELinux", [s.name])
}
