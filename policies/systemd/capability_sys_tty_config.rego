# METADATA
# title: Service may configure terminals
# description: >-
#   CAP_SYS_TTY_CONFIG hangs up and configures the terminals of others.
# related_resources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html#CapabilityBoundingSet=
# custom:
#   severity: low
#   equivalent: ["systemd-analyze:CapabilityBoundingSet_CAP_SYS_TTY_CONFIG"]
#   remediation: Set CapabilityBoundingSet= to nothing, or to the few capabilities that the service needs, without CAP_SYS_TTY_CONFIG.
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
package policies.systemd.capability_sys_tty_config

deny contains {"at": ["exposure", "badness", "CapabilityBoundingSet_CAP_SYS_TTY_CONFIG"], "msg": msg, "fix": {"text": open.fix}} if {
	open := input.exposure.open.CapabilityBoundingSet_CAP_SYS_TTY_CONFIG
	msg := sprintf("%s may configure terminals: %s", [input.name, open.because])
}
