# METADATA
# title: Service may trace all processes
# description: >-
#   Who traces a process reads its memory, keys included, and changes what it does.
# related_resources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html#CapabilityBoundingSet=
# custom:
#   severity: medium
#   cwe: [250]
#   equivalent: ["systemd-analyze:CapabilityBoundingSet_CAP_SYS_PTRACE"]
#   remediation: Set CapabilityBoundingSet= to nothing, or to the few capabilities that the service needs, without CAP_SYS_PTRACE.
#   bad: |
#     [Service]
#     User=ledger
#     ExecStart=/usr/bin/ledger
#     NoNewPrivileges=yes
#   good: |
#     [Service]
#     User=ledger
#     ExecStart=/usr/bin/ledger
#     CapabilityBoundingSet=
package policies.systemd.capability_sys_ptrace

deny contains {"at": ["exposure", "badness", "CapabilityBoundingSet_CAP_SYS_PTRACE"], "msg": msg, "fix": {"text": open.fix}} if {
	open := input.exposure.open.CapabilityBoundingSet_CAP_SYS_PTRACE
	msg := sprintf("%s may trace all processes: %s", [input.name, open.because])
}
