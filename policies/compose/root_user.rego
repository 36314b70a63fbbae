# METADATA
# title: Compose service runs as root
# description: >-
#   A process that escapes its container as root is root on the host, and every bind mount is writable
#   to it. A user that only a variable of the deploying shell decides cannot be judged and is no pass.
# related_resources:
#   - https://github.com/compose-spec/compose-spec/blob/main/05-services.md#user
#   - https://docs.docker.com/engine/security/
# custom:
#   severity: high
#   cwe: [250]
#   equivalent:
#     - cis-docker:4.1
#   non_negotiable: true
#   remediation: Set user to an unprivileged, numeric account, or give its variable a default that is one.
#   bad: |
#     services:
#       ledger:
#         image: ledger:1.4.2
#         user: "0:0"
#         read_only: true
#   good: |
#     x-defaults: &defaults
#       user: "${APP_UID:-10001}:${APP_GID:-10001}"
#     services:
#       ledger:
#         <<: *defaults
#         image: ledger:1.4.2
#       migrate:
#         image: ledger-migrate:1.4.2
#         user: "10002:0"
package policies.compose.root_user

deny contains {"at": ["services", i, "user"], "msg": msg} if {
	some i, s in input.services
	s.user.root
	msg := sprintf("service %q runs as root: user is %q", [s.name, s.user.value])
}

deny contains {"at": ["services", i, "user"], "msg": msg} if {
	some i, s in input.services
	s.user.set
	not s.user.known
	msg := sprintf("service %q may run as root: its user is not known from the files: %q", [s.name, s.user.value])
}
