# METADATA
# title: Failing compose service is restarted without bound
# description: >-
#   A service that fails at every start, or that an attack makes fail, keeps the host busy with starting
#   it, and the failure goes unseen. Policies that mean always, for a service that has to run, are
#   another thing.
# related_resources:
#   - https://github.com/compose-spec/compose-spec/blob/main/05-services.md#restart
# custom:
#   severity: low
#   cwe: [400]
#   equivalent:
#     - cis-docker:5.15
#   remediation: Set restart to "on-failure:5", or max_attempts under deploy.restart_policy.
#   bad: |
#     services:
#       ledger:
#         image: ledger:1.4.2
#         restart: on-failure
#   good: |
#     services:
#       ledger:
#         image: ledger:1.4.2
#         restart: on-failure:5
#       api:
#         image: ledger:1.4.2
#         restart: unless-stopped
#       worker:
#         image: ledger:1.4.2
#         deploy: {restart_policy: {condition: on-failure, max_attempts: 3}}
package policies.compose.restart_unbounded

deny contains {"at": ["services", i, "restart"], "msg": msg} if {
	some i, s in input.services
	s.restart.condition == "on-failure"
	bound := objection(s.restart.attempts)
	msg := sprintf("service %q is restarted %s when it fails", [s.name, bound])
}

objection(0) := "without bound"

objection(attempts) := sprintf("%d times", [attempts]) if attempts > 5
