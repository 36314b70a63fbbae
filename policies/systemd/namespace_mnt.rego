# METADATA
# title: Service may make mount namespaces
# description: >-
#   In a mount namespace of its own a process covers files that the unit protects by others.
# related_resources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html#RestrictNamespaces=
# custom:
#   severity: low
#   equivalent: ["systemd-analyze:RestrictNamespaces_mnt"]
#   remediation: Set RestrictNamespaces=yes, or leave mnt out of its list.
#   bad: |
#     [Service]
#     User=ledger
#     ExecStart=/usr/bin/ledger
#     RestrictNamespaces=mnt
#   good: |
#     [Service]
#     User=ledger
#     ExecStart=/usr/bin/ledger
#     RestrictNamespaces=yes
package policies.systemd.namespace_mnt

deny contains {"at": ["exposure", "badness", "RestrictNamespaces_mnt"], "msg": msg, "fix": {"text": open.fix}} if {
	open := input.exposure.open.RestrictNamespaces_mnt
	msg := sprintf("%s may make mount namespaces: %s", [input.name, open.because])
}
