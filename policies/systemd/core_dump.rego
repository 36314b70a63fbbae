# METADATA
# title: Crash writes the secrets of the service to disk
# description: >-
#   A core dump holds the memory of the process, and with it the credentials that were loaded. systemd-coredump keeps
#   dumps for days, and backups and bug reports carry them on.
# related_resources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html#LimitCPU=
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd-coredump.html
# custom:
#   severity: low
#   cwe: [528]
#   remediation: Set LimitCORE=0.
#   bad: |
#     [Service]
#     User=ledger
#     LoadCredential=database_url:/etc/ledger/database_url
#     ExecStart=/usr/bin/ledger
#   good: |
#     -- ledger.service --
#     [Service]
#     User=ledger
#     LimitCORE=0
#     LoadCredential=database_url:/etc/ledger/database_url
#     ExecStart=/usr/bin/ledger
#     -- migrate.service --
#     [Service]
#     Type=oneshot
#     User=ledger
#     LoadCredential=database_url:/etc/ledger/database_url
#     ExecStart=/usr/bin/ledger migrate
package policies.systemd.core_dump

deny contains {"at": ["running", "limit_core"], "msg": msg} if {
	input.service
	not input.partial
	input.service_type != "oneshot"
	input.running.loads_credentials
	not none
	msg := sprintf("a crash of %s writes its credentials to disk: LimitCORE= is %s", [input.name, state(input.running.limit_core)])
}

none if {
	input.running.limit_core.set
	input.running.limit_core.soft == 0
}

state(limit) := "not set" if not limit.set

state(limit) := limit.text if limit.set
