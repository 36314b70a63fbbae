# METADATA
# title: Filter of system calls lists what is forbidden
# description: >-
#   A list of forbidden calls lets through every call that it forgets, and those that the next kernel brings. A list of
#   what the service needs does not age.
# related_resources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html#SystemCallFilter=
# custom:
#   severity: low
#   cwe: [184]
#   remediation: Begin with SystemCallFilter=@system-service, and take away from that.
#   bad: |
#     [Service]
#     User=ledger
#     SystemCallFilter=~@mount @reboot
#     ExecStart=/usr/bin/ledger
#   good: |
#     [Service]
#     User=ledger
#     SystemCallFilter=@system-service
#     SystemCallFilter=~@privileged @resources
#     ExecStart=/usr/bin/ledger
package policies.systemd.syscall_deny_list

deny contains {"at": ["confinement", "system_calls"], "msg": msg} if {
	input.service
	not input.partial
	input.confinement.system_calls.mode == "deny"
	msg := sprintf("SystemCallFilter= of %s forbids %d calls, and allows all others", [input.name, count(input.confinement.system_calls.calls)])
}
