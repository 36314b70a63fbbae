# METADATA
# title: Compose service runs without a seccomp profile
# description: >-
#   The default profile keeps containers from dozens of system calls that programs do not need and
#   exploits of the kernel do. Without it, and with a capability or two, the way out of the container is
#   short.
# related_resources:
#   - https://docs.docker.com/engine/security/seccomp/
# custom:
#   severity: high
#   cwe: [693]
#   equivalent:
#     - cis-docker:5.22
#     - semgrep:seccomp-confinement-disabled
#   remediation: Remove seccomp from security_opt, or name a profile that allows the one call that is missing.
#   bad: |
#     services:
#       ledger:
#         image: ledger:1.4.2
#         security_opt: ["seccomp:unconfined"]
#   good: |
#     services:
#       ledger:
#         image: ledger:1.4.2
#         security_opt: ["seccomp=./seccomp.json", "no-new-privileges:true"]
package policies.compose.seccomp_unconfined

deny contains {"at": ["services", i, "security", "seccomp"], "msg": msg} if {
	some i, s in input.services
	s.security.seccomp.unconfined
	msg := sprintf("service %q runs without a seccomp profile", [s.name])
}

deny contains {"at": ["services", i, "security", "seccomp"], "msg": msg} if {
	some i, s in input.services
	not s.security.seccomp.known
	msg := sprintf("service %q may run without a seccomp profile: the profile is not known from the files: %q", [s.name, s.security.seccomp.value])
}

deny contains {"at": ["services", i, "security", "other", j], "msg": msg} if {
	some i, s in input.services
	some j, o in s.security.other
	not o.known
	msg := sprintf("service %q may run without a seccomp profile: an option is not known from the files: %q", [s.name, o.name])
}
