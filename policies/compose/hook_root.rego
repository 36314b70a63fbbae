# METADATA
# title: Lifecycle hook of a compose service runs as root
# description: >-
#   The command runs as root in a container whose own processes may not, on files that they can change:
#   they decide what root does.
# related_resources:
#   - https://docs.docker.com/compose/how-tos/lifecycle/
# custom:
#   severity: medium
#   cwe: [250]
#   equivalent:
#     - cis-docker:5.24
#   remediation: Run the hook as the user of the service, or prepare what it changes in the image.
#   bad: |
#     services:
#       ledger:
#         image: ledger:1.4.2
#         post_start:
#           - command: chown -R app /data
#             user: root
#   good: |
#     services:
#       ledger:
#         image: ledger:1.4.2
#         post_start:
#           - command: ./warm.sh
#             user: "10001"
#         pre_stop:
#           - command: ./flush.sh
package policies.compose.hook_root

deny contains {"at": ["services", i, "hooks", j, "user"], "msg": msg} if {
	some i, s in input.services
	some j, h in s.hooks
	h.user.root
	msg := sprintf("service %q runs a command as root at %s", [s.name, h.name])
}
