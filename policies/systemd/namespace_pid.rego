# METADATA
# title: Service may make process namespaces
# description: >-
#   Processes in a namespace of their own are hidden from what looks for them by number.
# related_resources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html#RestrictNamespaces=
# custom:
#   severity: low
#   equivalent: ["systemd-analyze:RestrictNamespaces_pid"]
#   remediation: Set RestrictNamespaces=yes, or leave pid out of its list.
#   bad: |
#     [Service]
#     User=ledger
#     ExecStart=/usr/bin/ledger
#     RestrictNamespaces=pid
#   good: |
#     [Service]
#     User=ledger
#     ExecStart=/usr/bin/ledger
#     RestrictNamespaces=yes
package policies.systemd.namespace_pid

deny contains {"at": ["exposure", "badness", "RestrictNamespaces_pid"], "msg": msg, "fix": {"text": open.fix}} if {
	open := input.exposure.open.RestrictNamespaces_pid
	msg := sprintf("%s may make process namespaces: %s", [input.name, open.because])
}
