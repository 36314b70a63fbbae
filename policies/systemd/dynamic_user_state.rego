# METADATA
# title: Account made up for the service owns files that outlive it
# description: >-
#   With DynamicUser=yes the number of the account goes to another service afterwards, and with it the files that
#   were left outside of StateDirectory= and its like. systemd hands those over, and no others.
# related_resources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html#DynamicUser=
# custom:
#   severity: medium
#   cwe: [282, 708]
#   remediation: Name the folder in StateDirectory=, CacheDirectory= or LogsDirectory= in place of ReadWritePaths=, or set User= to an account that stays.
#   bad: |
#     [Service]
#     DynamicUser=yes
#     ReadWritePaths=/var/lib/ledger
#     ExecStart=/usr/bin/ledger
#   good: |
#     [Service]
#     DynamicUser=yes
#     StateDirectory=ledger
#     ReadWritePaths=/var/lib/ledger/spool /run/ledger /sys/class/leds
#     ExecStart=/usr/bin/ledger
package policies.systemd.dynamic_user_state

lasting := ["/var/", "/srv/", "/opt/", "/etc/", "/mnt/", "/home/", "/data/"]

deny contains {"at": ["filesystem", list, i], "msg": msg} if {
	input.service
	input.identity.dynamic_user
	not fixed
	some list, setting in {"read_write_paths": "ReadWritePaths=", "bind_paths": "BindPaths="}
	some i, p in input.filesystem[list]
	some folder in lasting
	startswith(p.name, folder)
	not startswith(p.name, "/var/run/")
	not managed(p.name)
	msg := sprintf("%s lets the account that systemd makes up for %s own files in %s", [setting, input.name, p.name])
}

# A number stays what it is.
fixed if input.identity.uid >= 0

managed(path) if {
	some list, root in {"state_directory": "/var/lib", "cache_directory": "/var/cache", "logs_directory": "/var/log", "configuration_directory": "/etc"}
	some name in input.filesystem[list]
	folder := sprintf("%s/%s", [root, split(name, ":")[0]])
	startswith(sprintf("%s/", [path]), sprintf("%s/", [folder]))
}
