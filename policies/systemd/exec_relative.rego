# METADATA
# title: Program is named without its folder
# description: >-
#   systemd looks a bare name up in a path that was fixed when it was built, /usr/local first. Which program runs
#   then depends on the machine, and a file in /usr/local takes the place of the packaged one.
# related_resources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.service.html#Command%20lines
# custom:
#   severity: low
#   cwe: [426]
#   remediation: Write the whole path of the program.
#   bad: |
#     [Service]
#     User=ledger
#     ExecStart=ledger serve
#   good: |
#     [Service]
#     User=ledger
#     ExecStartPre=-/usr/bin/ledger check
#     ExecStart=/usr/bin/ledger serve
#     ExecStop=%h/bin/stop
#     ExecStopPost=systemctl --no-block start ledger-failed.service
package policies.systemd.exec_relative

# The programs of systemd are where it was built to look for them.
own := {"systemctl", "udevadm", "bootctl", "homectl", "journalctl", "loginctl", "networkctl", "resolvectl", "timedatectl"}

deny contains {"at": ["exec", i, "path"], "msg": msg} if {
	input.service
	some i, command in input.exec
	command.path != ""
	not startswith(command.path, "/")
	not startswith(command.path, "%")
	not startswith(command.path, "$")
	not startswith(command.path, "systemd-")
	not own[command.path]
	msg := sprintf("%s of %s names %s without its folder", [command.name, input.name, command.path])
}
