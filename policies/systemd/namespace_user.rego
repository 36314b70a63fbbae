# METADATA
# title: Service may make user namespaces
# description: >-
#   A user namespace makes root of any account, inside, and opens much of the kernel to attack that only
#   root reaches otherwise.
# related_resources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html#RestrictNamespaces=
# custom:
#   severity: medium
#   cwe: [250]
#   equivalent: ["systemd-analyze:RestrictNamespaces_user"]
#   remediation: Set RestrictNamespaces=yes, or leave user out of its list.
#   bad: |
#     [Service]
#     User=ledger
#     ExecStart=/usr/bin/ledger
#     RestrictNamespaces=user
#   good: |
#     [Service]
#     User=ledger
#     ExecStart=/usr/bin/ledger
#     RestrictNamespaces=yes
package policies.systemd.namespace_user

deny contains {"at": ["exposure", "badness", "RestrictNamespaces_user"], "msg": msg, "fix": {"text": open.fix}} if {
	open := input.exposure.open.RestrictNamespaces_user
	msg := sprintf("%s may make user namespaces: %s", [input.name, open.because])
}
