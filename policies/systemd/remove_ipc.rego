# METADATA
# title: Shared memory of the service outlives it
# description: >-
#   Segments, semaphores and queues stay when the service has stopped, with what is in them.
# related_resources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html#RemoveIPC=
# custom:
#   severity: low
#   equivalent: ["systemd-analyze:RemoveIPC"]
#   remediation: Set RemoveIPC=yes.
#   bad: |
#     [Service]
#     User=ledger
#     ExecStart=/usr/bin/ledger
#     RemoveIPC=no
#   good: |
#     [Service]
#     ExecStart=/usr/bin/ledger
#     DynamicUser=yes
package policies.systemd.remove_ipc

deny contains {"at": ["exposure", "badness", "RemoveIPC"], "msg": msg, "fix": {"text": open.fix}} if {
	open := input.exposure.open.RemoveIPC
	msg := sprintf("%s leaves shared memory behind: %s", [input.name, open.because])
}
