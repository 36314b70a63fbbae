# METADATA
# title: Service is started by a shell
# description: >-
#   The shell stands between systemd and the service: signals and the exit code are its own, and whoever
#   sets a variable that the script expands runs commands.
# related_resources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.service.html#Command%20lines
# custom:
#   severity: low
#   cwe: [78]
#   remediation: Name the program in ExecStart= itself, or a script with its own file.
#   bad: |
#     [Service]
#     User=ledger
#     ExecStart=/bin/sh -c 'cd /srv && exec ledger'
#   good: |
#     [Service]
#     User=ledger
#     ExecStartPre=/bin/sh -c 'test -e /etc/ledger'
#     ExecStart=/bin/bash /usr/lib/ledger/start.sh
package policies.systemd.exec_shell

shells := {"/bin/sh", "/usr/bin/sh", "/bin/bash", "/usr/bin/bash", "/bin/dash", "/usr/bin/dash", "sh", "bash", "dash"}

deny contains {"at": ["exec", i], "msg": msg} if {
	input.service
	some i, command in input.exec
	command.setting == "ExecStart"
	shells[command.path]
	startswith(command.argv[1], "-")
	endswith(command.argv[1], "c")
	msg := sprintf("%s is started by %s %s", [input.name, command.path, command.argv[1]])
}
