# METADATA
# title: Lifecycle hook of a compose service is privileged
# description: >-
#   The command runs in the container with all capabilities of the host, as docker exec --privileged
#   does, whatever the service itself has given up.
# related_resources:
#   - https://docs.docker.com/compose/how-tos/lifecycle/
# custom:
#   severity: high
#   cwe: [250]
#   equivalent:
#     - cis-docker:5.23
#   remediation: Remove privileged from the hook, and do its work in a service of its own that has what it needs.
#   bad: |
#     services:
#       ledger:
#         image: ledger:1.4.2
#         post_start:
#           - command: ./tune.sh
#             privileged: true
#   good: |
#     services:
#       ledger:
#         image: ledger:1.4.2
#         post_start:
#           - command: ./warm.sh
#             user: "10001"
package policies.compose.hook_privileged

deny contains {"at": ["services", i, "hooks", j, "privileged"], "msg": msg} if {
	some i, s in input.services
	some j, h in s.hooks
	h.privileged.on
	msg := sprintf("service %q runs a privileged command at %s", [s.name, h.name])
}
