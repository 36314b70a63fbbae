# METADATA
# title: Service may run code that it wrote into memory
# description: >-
#   Most attacks on memory end in code that the intruder wrote there. Only programs that compile while they
#   run, such as java or node, have to do that themselves.
# related_resources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html#MemoryDenyWriteExecute=
# custom:
#   severity: low
#   equivalent: ["systemd-analyze:MemoryDenyWriteExecute"]
#   remediation: Set MemoryDenyWriteExecute=yes.
#   bad: |
#     [Service]
#     User=ledger
#     ExecStart=/usr/bin/ledger
#     MemoryDenyWriteExecute=no
#   good: |
#     [Service]
#     User=ledger
#     ExecStart=/usr/bin/ledger
#     MemoryDenyWriteExecute=yes
package policies.systemd.memory_deny_write_execute

deny contains {"at": ["exposure", "badness", "MemoryDenyWriteExecute"], "msg": msg, "fix": {"text": open.fix}} if {
	open := input.exposure.open.MemoryDenyWriteExecute
	msg := sprintf("%s may run code that it wrote into memory: %s", [input.name, open.because])
}
