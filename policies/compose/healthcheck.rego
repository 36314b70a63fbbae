# METADATA
# title: Compose service has no health check
# description: >-
#   Without a check the engine takes a service that hangs for one that works: nothing restarts it, and
#   those that wait for it start too early. A service that is built here has its check in the Dockerfile,
#   and a job needs none.
# related_resources:
#   - https://github.com/compose-spec/compose-spec/blob/main/05-services.md#healthcheck
# custom:
#   severity: low
#   cwe: [703]
#   equivalent:
#     - cis-docker:5.27
#   remediation: Give the service a healthcheck whose test asks the program itself.
#   bad: |
#     services:
#       ledger:
#         image: postgres:17
#         healthcheck: {disable: true}
#   good: |
#     services:
#       ledger:
#         build: .
#       migrate:
#         image: ledger-migrate:1.4.2
#         restart: "no"
#       database:
#         image: postgres:17
#         healthcheck: {test: [CMD, pg_isready]}
package policies.compose.healthcheck

deny contains {"at": ["services", i, "healthcheck"], "msg": msg} if {
	some i, s in input.services
	s.healthcheck.disabled
	msg := sprintf("service %q switches the health check off", [s.name])
}

deny contains {"at": ["services", i, "healthcheck"], "msg": msg} if {
	some i, s in input.services
	not s.healthcheck.set
	not s.partial
	not s.build.set
	not s.job
	msg := sprintf("service %q has no health check, and none of its image is known", [s.name])
}
