# METADATA
# title: Service is given too much to write
# description: >-
#   ReadWritePaths= and BindPaths= open again what ProtectSystem=strict closes. A path that holds the
#   system, such as / or /etc, or the service's own program gives an intruder the means to stay.
# related_resources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html#ReadWritePaths=
# custom:
#   severity: high
#   cwe: [732]
#   non_negotiable: true
#   remediation: Give the service a folder of its own below /var, best with StateDirectory=, and keep programs out of it.
#   bad: |
#     [Service]
#     User=ledger
#     ExecStart=/opt/ledger/bin/ledger
#     ProtectSystem=strict
#     ReadWritePaths=/opt/ledger
#   good: |
#     [Service]
#     User=ledger
#     ExecStart=/opt/ledger/bin/ledger
#     ProtectSystem=strict
#     ReadWritePaths=/etc
#     ReadWritePaths=
#     ReadWritePaths=-/var/lib/ledger /opt/ledger/data /etc/ledger
#     BindPaths=/srv/ledger:/var/www
package policies.systemd.read_write_paths

deny contains {"at": ["filesystem", list, i], "msg": msg} if {
	input.service
	input.manager == "system"
	some list, setting in {"read_write_paths": "ReadWritePaths=", "bind_paths": "BindPaths="}
	some i, p in input.filesystem[list]
	why := reason(p)
	msg := sprintf("%s opens %s to %s: it %s", [setting, p.name, input.name, why])
}

reason(p) := "is part of the system" if p.system

reason(p) := "holds the program that the service runs" if {
	p.holds_program
	not p.system
}
