# METADATA
# title: Permissions of files do not hold the service
# description: >-
#   CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH, CAP_FOWNER and CAP_IPC_OWNER pass by the permissions of files and
#   of shared memory.
# related_resources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html#CapabilityBoundingSet=
# custom:
#   severity: low
#   cwe: [250]
#   equivalent: ["systemd-analyze:CapabilityBoundingSet_CAP_DAC_FOWNER_IPC_OWNER"]
#   remediation: Set CapabilityBoundingSet= to nothing, or to the few capabilities that the service needs, without CAP_DAC_OVERRIDE.
#   bad: |
#     [Service]
#     User=ledger
#     ExecStart=/usr/bin/ledger
#     CapabilityBoundingSet=CAP_DAC_OVERRIDE
#   good: |
#     [Service]
#     User=ledger
#     ExecStart=/usr/bin/ledger
#     CapabilityBoundingSet=
package policies.systemd.capability_dac

deny contains {"at": ["exposure", "badness", "CapabilityBoundingSet_CAP_DAC_FOWNER_IPC_OWNER"], "msg": msg, "fix": {"text": open.fix}} if {
	open := input.exposure.open.CapabilityBoundingSet_CAP_DAC_FOWNER_IPC_OWNER
	msg := sprintf("%s passes by the permissions of files: %s", [input.name, open.because])
}
