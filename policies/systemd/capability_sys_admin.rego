# METADATA
# title: Service may keep the rights of an administrator
# description: >-
#   CAP_SYS_ADMIN mounts, traces, joins namespaces and more: it is as good as root.
# related_resources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html#CapabilityBoundingSet=
# custom:
#   severity: medium
#   cwe: [250]
#   equivalent: ["systemd-analyze:CapabilityBoundingSet_CAP_SYS_ADMIN"]
#   remediation: Set CapabilityBoundingSet= to nothing, or to the few capabilities that the service needs, without CAP_SYS_ADMIN.
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
package policies.systemd.capability_sys_admin

deny contains {"at": ["exposure", "badness", "CapabilityBoundingSet_CAP_SYS_ADMIN"], "msg": msg, "fix": {"text": open.fix}} if {
	open := input.exposure.open.CapabilityBoundingSet_CAP_SYS_ADMIN
	msg := sprintf("%s may do what an administrator does: %s", [input.name, open.because])
}
