# METADATA
# title: Command escapes the account of its service
# description: >-
#   A command with the prefix "+" runs as root, outside of every restriction of the unit; with "!" and "!!"
#   it runs as root until it changes the user by itself. PermissionsStartOnly= does so for all but ExecStart=. User=
#   does not protect it, nor with "+" the sandbox.
# related_resources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.service.html#Command%20lines
# custom:
#   severity: high
#   cwe: [250, 269]
#   non_negotiable: true
#   remediation: Remove the prefix, and let StateDirectory=, tmpfiles.d or a unit of its own do what needs root.
#   bad: |
#     [Service]
#     User=ledger
#     ExecStartPre=+/usr/bin/chown ledger /srv/ledger
#     ExecStart=/usr/bin/ledger
#   good: |
#     [Service]
#     User=ledger
#     StateDirectory=ledger
#     ExecStartPre=-/usr/bin/ledger check "+x"
#     ExecStart=@/usr/bin/ledger ledger --greeting !hello
package policies.systemd.exec_privileged

deny contains {"at": ["exec", i], "msg": msg} if {
	input.service
	input.manager == "system"
	some i, command in input.exec
	prefix := privileged(command)
	msg := sprintf("%s of %s has the prefix %q: %s runs as root", [command.setting, input.name, prefix, command.path])
}

deny contains {"at": ["exec", i], "msg": msg, "related": [["conduct", "start_only"]]} if {
	input.service
	input.manager == "system"
	input.conduct.start_only
	not input.identity.root
	some i, command in input.exec
	command.setting != "ExecStart"
	not privileged(command)
	msg := sprintf("%s of %s runs as root by PermissionsStartOnly=: %s", [command.setting, input.name, command.path])
}

privileged(command) := "+" if command.full_privileges

# Where the service runs as root anyway, these two change nothing.
privileged(command) := "!" if {
	command.keeps_root
	not command.full_privileges
	not input.identity.root
}

privileged(command) := "!!" if {
	command.keeps_root_legacy
	not command.full_privileges
	not input.identity.root
}
