# METADATA
# title: Service keeps the capability to read the log of the kernel
# description: >-
#   The log holds addresses of the kernel that help an attack on it.
# related_resources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html#CapabilityBoundingSet=
# custom:
#   severity: low
#   equivalent: ["systemd-analyze:CapabilityBoundingSet_CAP_SYSLOG"]
#   remediation: Set CapabilityBoundingSet= to nothing, or to the few capabilities that the service needs, without CAP_SYSLOG.
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
package policies.systemd.capability_syslog

deny contains {"at": ["exposure", "badness", "CapabilityBoundingSet_CAP_SYSLOG"], "msg": msg, "fix": {"text": open.fix}} if {
	open := input.exposure.open.CapabilityBoundingSet_CAP_SYSLOG
	msg := sprintf("%s may read the log of the kernel: %s", [input.name, open.because])
}
