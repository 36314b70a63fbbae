# METADATA
# title: Service may make host name namespaces
# description: >-
#   A process with a host name of its own looks like another machine to what goes by names.
# related_resources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html#RestrictNamespaces=
# custom:
#   severity: low
#   equivalent: ["systemd-analyze:RestrictNamespaces_uts"]
#   remediation: Set RestrictNamespaces=yes, or leave uts out of its list.
#   bad: |
#     [Service]
#     User=ledger
#     ExecStart=/usr/bin/ledger
#     RestrictNamespaces=uts
#   good: |
#     [Service]
#     User=ledger
#     ExecStart=/usr/bin/ledger
#     RestrictNamespaces=yes
package policies.systemd.namespace_uts

deny contains {"at": ["exposure", "badness", "RestrictNamespaces_uts"], "msg": msg, "fix": {"text": open.fix}} if {
	open := input.exposure.open.RestrictNamespaces_uts
	msg := sprintf("%s may make host name namespaces: %s", [input.name, open.because])
}
