# METADATA
# title: Service keeps the capability to load kernel modules
# description: >-
#   A module runs in the kernel and may do everything.
# related_resources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html#CapabilityBoundingSet=
# custom:
#   severity: low
#   cwe: [250]
#   equivalent: ["systemd-analyze:CapabilityBoundingSet_CAP_SYS_MODULE"]
#   remediation: Set CapabilityBoundingSet= to nothing, or to the few capabilities that the service needs, without CAP_SYS_MODULE.
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
package policies.systemd.capability_sys_module

deny contains {"at": ["exposure", "badness", "CapabilityBoundingSet_CAP_SYS_MODULE"], "msg": msg, "fix": {"text": open.fix}} if {
	open := input.exposure.open.CapabilityBoundingSet_CAP_SYS_MODULE
	msg := sprintf("%s may load kernel modules: %s", [input.name, open.because])
}
