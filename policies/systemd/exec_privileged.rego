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
#     ExecReload=+/bin/kill -HUP $MAINPID
package policies.systemd.exec_privileged

deny contains {"at": ["exec", i], "msg": msg} if {
	input.service
	input.manager == "system"
	some i, command in input.exec
	by := privileged(command)
	not signals(command)
	msg := sprintf("%s of %s has %s: %s runs as root", [command.setting, input.name, by, command.path])
}

# A signal to the service itself gives nothing away.
signals(command) if regex.match(`^(/usr)?/bin/kill (-\S+ |-s \S+ )?\$(MAINPID|\{MAINPID\})$`, command.command)

privileged(command) := `the prefix "+"` if command.full_privileges

# Where the service runs as root anyway, these change nothing.
privileged(command) := weaker(command) if {
	not command.full_privileges
	not input.identity.root
}

weaker(command) := `the prefix "!"` if command.keeps_root

# With ambient capabilities it is for kernels before 4.3, which know none.
weaker(command) := `the prefix "!!"` if {
	command.keeps_root_legacy
	count(input.ambient_capabilities) == 0
}

weaker(command) := "PermissionsStartOnly=" if {
	input.conduct.start_only
	command.setting != "ExecStart"
	not command.keeps_root
	not command.keeps_root_legacy
}
