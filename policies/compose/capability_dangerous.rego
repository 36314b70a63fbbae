# METADATA
# title: Compose service gets a dangerous capability
# description: >-
#   Some capabilities are as good as root on the host: with SYS_ADMIN one mounts its disk, with
#   SYS_PTRACE one takes over processes, with SYS_MODULE one loads code into its kernel.
# related_resources:
#   - https://github.com/compose-spec/compose-spec/blob/main/05-services.md#cap_add
#   - https://man7.org/linux/man-pages/man7/capabilities.7.html
# custom:
#   severity: high
#   cwe: [250]
#   equivalent:
#     - cis-docker:5.4
#   remediation: Remove the capability, or find the narrower one that the program needs.
#   bad: |
#     services:
#       ledger:
#         image: ledger:1.4.2
#         cap_add: [CAP_SYS_ADMIN]
#   good: |
#     services:
#       ledger:
#         image: ledger:1.4.2
#         cap_drop: [ALL]
#         cap_add: [NET_BIND_SERVICE, chown]
package policies.compose.capability_dangerous

dangerous := {
	"ALL", "SYS_ADMIN", "SYS_MODULE", "SYS_PTRACE", "SYS_RAWIO", "SYS_BOOT", "SYS_TIME", "NET_ADMIN", "DAC_READ_SEARCH", "BPF",
	"PERFMON", "MAC_ADMIN", "MAC_OVERRIDE", "LINUX_IMMUTABLE", "SYSLOG", "CHECKPOINT_RESTORE", "AUDIT_CONTROL",
}

deny contains {"at": ["services", i, "cap_add", j], "msg": msg} if {
	some i, s in input.services
	some j, c in s.cap_add
	c.name in dangerous
	msg := sprintf("service %q gets the capability %s", [s.name, c.name])
}

deny contains {"at": ["services", i, "cap_add", j], "msg": msg} if {
	some i, s in input.services
	some j, c in s.cap_add
	not c.known
	msg := sprintf("service %q gets a capability that is not known from the files: %q", [s.name, c.name])
}
