# METADATA
# title: Processes of the service outlive it
# description: >-
#   With KillMode=none systemd kills nothing when it stops the service: old processes keep running, with their rights,
#   ports and open files, and out of sight. systemd says that it will take the mode away.
# related_resources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.kill.html#KillMode=
# custom:
#   severity: low
#   remediation: Set KillMode=mixed, or leave it out.
#   bad: |
#     [Service]
#     User=ledger
#     KillMode=none
#     ExecStart=/usr/bin/ledger
#   good: |
#     -- ledger.service --
#     [Service]
#     User=ledger
#     KillMode=mixed
#     ExecStart=/usr/bin/ledger
#     -- raid.service --
#     # It serves the root of the file system until the end.
#     [Unit]
#     DefaultDependencies=no
#     [Service]
#     KillMode=none
#     ExecStart=/usr/sbin/raid
package policies.systemd.kill_mode

deny contains {"at": ["conduct", "kill_mode"], "msg": msg} if {
	input.service
	input.default_dependencies
	input.conduct.kill_mode == "none"
	msg := sprintf("the processes of %s run on when it is stopped: KillMode= is none", [input.name])
}
