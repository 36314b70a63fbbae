# METADATA
# title: Service can write to the system
# description: >-
#   With ProtectSystem=strict the whole file system is read-only to the service, save for what it is given.
#   "full" and "yes" leave /var, /opt, /srv and more writable, so an intruder can change programs and stay.
# related_resources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html#ProtectSystem=
# custom:
#   severity: high
#   cwe: [732]
#   equivalent:
#     - systemd-analyze:ProtectSystem
#   non_negotiable: true
#   remediation: Set ProtectSystem=strict, and name what the service writes in StateDirectory= or ReadWritePaths=.
#   bad: |
#     [Service]
#     User=ledger
#     ExecStart=/usr/bin/ledger
#     ProtectSystem=full
#   good: |
#     -- ledger.service --
#     [Service]
#     User=ledger
#     ExecStart=/usr/bin/ledger
#     ProtectSystem=strict
#     -- worker.service --
#     [Service]
#     ExecStart=/usr/bin/worker
#     DynamicUser=yes
#     -- backup.service --
#     [Service]
#     User=backup
#     ExecStart=/usr/bin/backup
#     ReadOnlyPaths=/
#     -- nginx.service.d/limits.conf --
#     [Service]
#     LimitNOFILE=65536
package policies.systemd.protect_system

deny contains {"at": ["filesystem", "protect_system"], "msg": msg} if {
	input.service
	input.manager == "system"
	not input.filesystem.read_only
	not left_open
	msg := sprintf("%s can write to the system: ProtectSystem= is %s", [input.name, state(input.filesystem.protect_system_set)])
}

# Drop-ins alone leave what they do not set to their unit.
left_open if {
	input.partial
	input.filesystem.protect_system_set == ""
}

state("") := "not set"

state(value) := sprintf("%q, not \"strict\"", [value]) if value != ""
