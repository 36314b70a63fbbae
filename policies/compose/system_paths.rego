# METADATA
# title: Compose service sees the hidden paths of /proc and /sys
# description: >-
#   Engines hide /proc/kcore, /sys/firmware and others, and make /proc/sys read-only, because they give
#   away or change the kernel under all containers. systempaths=unconfined opens them.
# related_resources:
#   - https://docs.docker.com/reference/cli/docker/container/run/#security-opt
# custom:
#   severity: high
#   cwe: [693]
#   remediation: Remove systempaths=unconfined from security_opt.
#   bad: |
#     services:
#       ledger:
#         image: ledger:1.4.2
#         security_opt: ["systempaths=unconfined"]
#   good: |
#     services:
#       ledger:
#         image: ledger:1.4.2
#         security_opt: ["no-new-privileges:true"]
package policies.compose.system_paths

deny contains {"at": ["services", i, "security", "system_paths"], "msg": msg} if {
	some i, s in input.services
	s.security.system_paths
	msg := sprintf("service %q sees the hidden paths of /proc and /sys", [s.name])
}
