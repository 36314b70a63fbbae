# METADATA
# title: Service may make control group namespaces
# description: >-
#   A namespace hides which control group, and so which service, a process belongs to.
# related_resources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html#RestrictNamespaces=
# custom:
#   severity: low
#   equivalent: ["systemd-analyze:RestrictNamespaces_cgroup"]
#   remediation: Set RestrictNamespaces=yes, or leave cgroup out of its list.
#   bad: |
#     [Service]
#     User=ledger
#     ExecStart=/usr/bin/ledger
#     RestrictNamespaces=cgroup
#   good: |
#     [Service]
#     User=ledger
#     ExecStart=/usr/bin/ledger
#     RestrictNamespaces=yes
package policies.systemd.namespace_cgroup

deny contains {"at": ["exposure", "badness", "RestrictNamespaces_cgroup"], "msg": msg, "fix": {"text": open.fix}} if {
	open := input.exposure.open.RestrictNamespaces_cgroup
	msg := sprintf("%s may make control group namespaces: %s", [input.name, open.because])
}
