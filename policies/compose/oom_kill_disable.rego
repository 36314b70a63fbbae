# METADATA
# title: Compose service cannot be ended when memory runs out
# description: >-
#   The kernel then ends other processes of the host instead, or stalls, while the one that took the
#   memory lives on.
# related_resources:
#   - https://github.com/compose-spec/compose-spec/blob/main/05-services.md#oom_kill_disable
#   - https://docs.docker.com/engine/containers/resource_constraints/
# custom:
#   severity: medium
#   cwe: [400]
#   remediation: Remove oom_kill_disable, and set the memory limit that the service needs.
#   bad: |
#     services:
#       ledger:
#         image: ledger:1.4.2
#         oom_kill_disable: true
#   good: |
#     services:
#       ledger:
#         image: ledger:1.4.2
#         oom_kill_disable: false
#         oom_score_adj: 200
package policies.compose.oom_kill_disable

deny contains {"at": ["services", i, "oom_kill_disable"], "msg": msg} if {
	some i, s in input.services
	s.oom_kill_disable.on
	msg := sprintf("service %q cannot be ended when memory runs out", [s.name])
}
