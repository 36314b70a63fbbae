# METADATA
# title: Service may lock memory without limit
# description: >-
#   Locked memory is not swapped, and takes room from all others.
# related_resources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html#CapabilityBoundingSet=
# custom:
#   severity: low
#   equivalent: ["systemd-analyze:CapabilityBoundingSet_CAP_IPC_LOCK"]
#   remediation: Set CapabilityBoundingSet= to nothing, or to the few capabilities that the service needs, without CAP_IPC_LOCK.
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
package policies.systemd.capability_ipc_lock

deny contains {"at": ["exposure", "badness", "CapabilityBoundingSet_CAP_IPC_LOCK"], "msg": msg, "fix": {"text": open.fix}} if {
	open := input.exposure.open.CapabilityBoundingSet_CAP_IPC_LOCK
	msg := sprintf("%s may lock memory without limit: %s", [input.name, open.because])
}
