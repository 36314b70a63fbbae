# METADATA
# title: Program lies where others can write
# description: >-
#   Whoever can replace the program runs as the service, and as root where a command has privileges. /tmp,
#   homes and folders of data are no place for programs.
# related_resources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html#NoExecPaths=
# custom:
#   severity: high
#   cwe: [426, 732]
#   remediation: Install the program below /usr or /opt, owned by root.
#   bad: |
#     [Service]
#     User=ledger
#     ExecStart=/home/ledger/bin/ledger
#     ExecReload=/usr/bin/python3 /tmp/reload.py
#   good: |
#     [Service]
#     User=ledger
#     StateDirectory=ledger
#     ExecStart=/usr/bin/ledger --data /home/ledger
#     ExecStop=/opt/ledger/bin/stop
#     ExecReload=/usr/bin/python3 /usr/lib/ledger/reload.py /tmp/x
#     PrivateTmp=yes
package policies.systemd.exec_writable

deny contains {"at": ["exec", i, "path"], "msg": msg} if {
	input.service
	input.manager == "system"
	some i, command in input.exec
	command.writable != ""
	not opened(command.writable)
	msg := sprintf("%s of %s lies below %s, where others than root write: %s", [command.name, input.name, command.writable, command.path])
}

deny contains {"at": ["exec", i], "msg": msg} if {
	input.service
	input.manager == "system"
	some i, command in input.exec
	command.script_writable != ""
	msg := sprintf("%s of %s runs a script below %s, where others than root write: %s", [command.name, input.name, command.script_writable, command.command])
}

# systemd/read_write_paths tells these.
opened(folder) if {
	some list in ["read_write_paths", "bind_paths"]
	some p in input.filesystem[list]
	p.name == folder
}
