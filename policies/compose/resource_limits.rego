# METADATA
# title: Compose service has no resource limits
# description: >-
#   A leak or an attack in one container then takes the memory, processors or process table of the host,
#   and with it every other service.
# related_resources:
#   - https://github.com/compose-spec/compose-spec/blob/main/deploy.md#resources
#   - https://docs.docker.com/engine/containers/resource_constraints/
# custom:
#   severity: low
#   cwe: [400, 770]
#   equivalent:
#     - cis-docker:5.11
#     - cis-docker:5.12
#     - cis-docker:5.29
#   remediation: Set memory, cpus and pids under deploy.resources.limits.
#   bad: |
#     services:
#       ledger:
#         image: ledger:1.4.2
#         deploy:
#           resources:
#             limits: {memory: 256M}
#   good: |
#     -- compose.yaml --
#     services:
#       ledger:
#         image: ledger:1.4.2
#         deploy:
#           resources:
#             limits: {memory: 256M, cpus: "0.5", pids: 100}
#       older:
#         image: ledger:1.3.0
#         mem_limit: ${MEMORY:-256m}
#         cpu_shares: 512
#         pids_limit: 100
#     -- compose.prod.yaml --
#     services:
#       ledger:
#         restart: always
package policies.compose.resource_limits

kinds := {"memory": "memory", "cpu": "processors", "pids": "processes"}

deny contains {"at": ["services", i, "limits"], "msg": msg} if {
	some i, s in input.services
	not s.partial
	open := [what | some kind, what in kinds; not s.limits[kind].set]
	count(open) > 0
	msg := sprintf("service %q has no known limit on %s", [s.name, concat(", ", sort(open))])
}
