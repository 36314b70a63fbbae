# METADATA
# title: Service changes its account by a program
# description: >-
#   sudo and su start as root and open a session of their own: what the unit restricts applies to them as to root, the
#   process may leave the service, and NoNewPrivileges= cannot be set.
# related_resources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html#User=
# custom:
#   severity: low
#   cwe: [250]
#   remediation: Set User= and Group= in the unit, and start the program itself.
#   bad: |
#     [Service]
#     ExecStart=/usr/bin/sudo -u ledger /usr/bin/ledger
#   good: |
#     [Service]
#     User=ledger
#     ExecStart=/usr/bin/ledger su
#     ExecStop=/usr/bin/sudo /usr/bin/ledger-cleanup
package policies.systemd.exec_switches_user

deny contains {"at": ["exec", act.command], "msg": msg} if {
	some act in input.acts
	act.name == "switches_user"
	msg := sprintf("%s changes its account by %s, and not by User=", [input.name, act.what])
}
