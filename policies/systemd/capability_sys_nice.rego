# METADATA
# title: Service may lift limits of resources
# description: >-
#   CAP_SYS_NICE and CAP_SYS_RESOURCE take processor time from others and go beyond quotas.
# related_resources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html#CapabilityBoundingSet=
# custom:
#   severity: low
#   equivalent: ["systemd-analyze:CapabilityBoundingSet_CAP_SYS_NICE_RESOURCE"]
#   remediation: Set CapabilityBoundingSet= to nothing, or to the few capabilities that the service needs, without CAP_SYS_NICE.
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
package policies.systemd.capability_sys_nice

deny contains {"at": ["exposure", "badness", "CapabilityBoundingSet_CAP_SYS_NICE_RESOURCE"], "msg": msg, "fix": {"text": open.fix}} if {
	open := input.exposure.open.CapabilityBoundingSet_CAP_SYS_NICE_RESOURCE
	msg := sprintf("%s may lift limits of resources: %s", [input.name, open.because])
}
