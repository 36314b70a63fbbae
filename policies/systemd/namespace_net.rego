# METADATA
# title: Service may make network namespaces
# description: >-
#   In a network namespace of its own a process configures interfaces and firewalls: a large part of the
#   kernel that was attacked often.
# related_resources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html#RestrictNamespaces=
# custom:
#   severity: low
#   equivalent: ["systemd-analyze:RestrictNamespaces_net"]
#   remediation: Set RestrictNamespaces=yes, or leave net out of its list.
#   bad: |
#     [Service]
#     User=ledger
#     ExecStart=/usr/bin/ledger
#     RestrictNamespaces=net
#   good: |
#     [Service]
#     User=ledger
#     ExecStart=/usr/bin/ledger
#     RestrictNamespaces=yes
package policies.systemd.namespace_net

deny contains {"at": ["exposure", "badness", "RestrictNamespaces_net"], "msg": msg, "fix": {"text": open.fix}} if {
	open := input.exposure.open.RestrictNamespaces_net
	msg := sprintf("%s may make network namespaces: %s", [input.name, open.because])
}
