# METADATA
# title: Service counts as running when its process is gone
# description: >-
#   RemainAfterExit=yes is for Type=oneshot. With another type the service looks healthy after its process has ended, and
#   is neither restarted nor reported.
# related_resources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.service.html#RemainAfterExit=
# custom:
#   severity: low
#   remediation: Leave RemainAfterExit= out, or set Type=oneshot for commands that end.
#   bad: |
#     [Service]
#     Type=simple
#     User=ledger
#     RemainAfterExit=yes
#     ExecStart=/usr/bin/ledger
#   good: |
#     [Service]
#     Type=oneshot
#     User=ledger
#     RemainAfterExit=yes
#     ExecStart=/usr/bin/ledger migrate
package policies.systemd.remain_after_exit

deny contains {"at": ["conduct", "remain_after_exit"], "msg": msg} if {
	input.service
	not input.partial
	input.conduct.remain_after_exit
	input.service_type in {"", "simple", "exec", "notify", "notify-reload", "dbus"}
	starts
	msg := sprintf("%s counts as running when its process has ended: RemainAfterExit= is for Type=oneshot", [input.name])
}

# Without a command the type is oneshot.
starts if {
	some command in input.exec
	command.setting == "ExecStart"
}
