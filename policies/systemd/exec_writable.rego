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
#   good: |
#     [Service]
#     User=ledger
#     StateDirectory=ledger
#     ExecStart=/usr/bin/ledger --data /home/ledger
#     ExecStop=/opt/ledger/bin/stop
package policies.systemd.exec_writable

open := {"/tmp/", "/var/tmp/", "/dev/shm/", "/home/", "/run/user/"}

deny contains {"at": ["exec", i, "path"], "msg": msg} if {
	input.service
	input.manager == "system"
	some i, command in input.exec
	some folder in (open | state)
	startswith(command.path, folder)
	msg := sprintf("%s of %s lies below %s, where others than root write: %s", [command.name, input.name, folder, command.path])
}

state contains sprintf("/var/lib/%s/", [name]) if some name in input.filesystem.state_directory
