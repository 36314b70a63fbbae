# METADATA
# title: Compose service keeps no logs
# description: >-
#   With the driver none, what the service prints is lost: there is nothing to find an attack or a
#   mistake by.
# related_resources:
#   - https://docs.docker.com/engine/logging/configure/
# custom:
#   severity: low
#   cwe: [778]
#   remediation: Use a logging driver that keeps or forwards, such as local or journald.
#   bad: |
#     services:
#       ledger:
#         image: ledger:1.4.2
#         logging: {driver: none}
#   good: |
#     services:
#       ledger:
#         image: ledger:1.4.2
#         logging: {driver: local, options: {max-size: 10m}}
package policies.compose.logging_none

deny contains {"at": ["services", i, "log_driver"], "msg": msg} if {
	some i, s in input.services
	s.log_driver == "none"
	msg := sprintf("service %q keeps no logs: its logging driver is none", [s.name])
}
