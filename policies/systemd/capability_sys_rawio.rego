# METADATA
# title: Service may talk to hardware directly
# description: >-
#   CAP_SYS_RAWIO reaches ports and memory of devices, past every check of the kernel.
# related_resources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html#CapabilityBoundingSet=
# custom:
#   severity: low
#   cwe: [250]
#   equivalent: ["systemd-analyze:CapabilityBoundingSet_CAP_SYS_RAWIO"]
#   remediation: Set CapabilityBoundingSet= to nothing, or to the few capabilities that the service needs, without CAP_SYS_RAWIO.
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
package policies.systemd.capability_sys_rawio

deny contains {"at": ["exposure", "badness", "CapabilityBoundingSet_CAP_SYS_RAWIO"], "msg": msg, "fix": {"text": open.fix}} if {
	open := input.exposure.open.CapabilityBoundingSet_CAP_SYS_RAWIO
	msg := sprintf("%s may talk to hardware directly: %s", [input.name, open.because])
}
