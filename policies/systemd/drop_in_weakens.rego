# METADATA
# title: Drop-in takes a restriction away
# description: >-
#   The unit restricts its service, and a drop-in opens what the unit closed. Whoever reads the unit believes the
#   restriction, and updates of the package do not bring it back.
# related_resources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.unit.html#Examples
# custom:
#   severity: medium
#   cwe: [284, 1188]
#   remediation: Open only what the service needs, by ReadWritePaths=, BindPaths= or one more system call, and leave the restriction.
#   bad: |
#     -- ledger.service --
#     [Service]
#     User=ledger
#     ProtectSystem=strict
#     ExecStart=/usr/bin/ledger
#     -- ledger.service.d/override.conf --
#     [Service]
#     ProtectSystem=no
#   good: |
#     -- ledger.service --
#     [Service]
#     User=ledger
#     ProtectSystem=full
#     SystemCallFilter=@system-service
#     ExecStart=/usr/bin/ledger
#     -- ledger.service.d/override.conf --
#     [Service]
#     ProtectSystem=strict
#     ReadWritePaths=/var/lib/ledger
#     SystemCallFilter=~@mount
package policies.systemd.drop_in_weakens

deny contains {"at": ["changes", i], "msg": msg} if {
	input.service
	input.alias_of == ""
	some i, change in input.changes
	change.weakens
	msg := sprintf("%s makes %s weaker: %s", [change.drop_in, input.name, effect(change)])
}

effect(change) := sprintf("%s= was %q, and is %s", [change.name, change.before, state(change.after)]) if change.before != ""

effect(change) := sprintf("%s= is %s", [change.name, state(change.after)]) if change.before == ""

state("") := "not set"

state(value) := sprintf("%q", [value]) if value != ""
