# METADATA
# title: Compose service runs without an AppArmor profile
# description: >-
#   The engine's profile denies containers to mount, to write most of /proc and /sys, and to trace
#   others. It applies by itself wherever the host has AppArmor, unless it is switched off.
# related_resources:
#   - https://docs.docker.com/engine/security/apparmor/
# custom:
#   severity: medium
#   cwe: [693]
#   equivalent:
#     - cis-docker:5.2
#   remediation: Remove apparmor from security_opt, or name a profile that fits the service.
#   bad: |
#     services:
#       ledger:
#         image: ledger:1.4.2
#         security_opt: ["apparmor=unconfined"]
#   good: |
#     services:
#       ledger:
#         image: ledger:1.4.2
#         security_opt: ["apparmor:docker-ledger"]
package policies.compose.apparmor_unconfined

deny contains {"at": ["services", i, "security", "apparmor"], "msg": msg} if {
	some i, s in input.services
	s.security.apparmor.unconfined
	msg := sprintf("service %q runs without an AppArmor profile", [s.name])
}

deny contains {"at": ["services", i, "security", "apparmor"], "msg": msg} if {
	some i, s in input.services
	not s.security.apparmor.known
	msg := sprintf("service %q may run without an AppArmor profile: the profile is not known from the files: %q", [s.name, s.security.apparmor.value])
}
