# METADATA
# title: Service may make IPC namespaces
# description: >-
#   Few services need shared memory of a namespace of its own; the code of the kernel behind it is open to
#   attack.
# related_resources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html#RestrictNamespaces=
# custom:
#   severity: low
#   equivalent: ["systemd-analyze:RestrictNamespaces_ipc"]
#   remediation: Set RestrictNamespaces=yes, or leave ipc out of its list.
#   bad: |
#     [Service]
#     User=ledger
#     ExecStart=/usr/bin/ledger
#     RestrictNamespaces=ipc
#   good: |
#     [Service]
#     User=ledger
#     ExecStart=/usr/bin/ledger
#     RestrictNamespaces=yes
package policies.systemd.namespace_ipc

deny contains {"at": ["exposure", "badness", "RestrictNamespaces_ipc"], "msg": msg, "fix": {"text": open.fix}} if {
	open := input.exposure.open.RestrictNamespaces_ipc
	msg := sprintf("%s may make IPC namespaces: %s", [input.name, open.because])
}
