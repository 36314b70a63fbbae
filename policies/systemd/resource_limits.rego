# METADATA
# title: Service may take all memory of the machine
# description: >-
#   A leak, or requests that are made to be large, then take the memory from every other service, and the kernel kills
#   one of them. MemoryMax= keeps it to the one that is to blame.
# related_resources:
#   - https://www.freedesktop.org/software/systemd/man/latest/systemd.resource-control.html#MemoryMax=bytes
# custom:
#   severity: low
#   cwe: [400, 770]
#   remediation: Set MemoryMax= to a multiple of what the service needs, and leave TasksMax= bound.
#   bad: |
#     [Unit]
#     After=network-online.target
#     [Service]
#     User=ledger
#     ExecStart=/usr/bin/ledger
#   good: |
#     -- ledger.service --
#     [Unit]
#     After=network-online.target
#     [Service]
#     User=ledger
#     MemoryMax=512M
#     ExecStart=/usr/bin/ledger
#     -- console.service --
#     [Service]
#     User=console
#     ExecStart=/usr/bin/console
package policies.systemd.resource_limits

deny contains {"at": ["running", "memory_max"], "msg": msg} if {
	networked
	not bounded
	msg := sprintf("nothing bounds the memory of %s: MemoryMax= is not set", [input.name])
}

deny contains {"at": ["running", "tasks_max"], "msg": msg} if {
	networked
	input.running.tasks_max.infinite
	msg := sprintf("nothing bounds the processes of %s: TasksMax= is infinity", [input.name])
}

networked if {
	input.service
	input.exposure.networked
	input.service_type != "oneshot"
	not input.conduct.remain_after_exit
	reached
}

# Without a word about the network, it is the console's or the bus's.
reached if input.exposure.needs.network != ""

reached if count(input.ports) > 0

reached if {
	some setting in input.settings
	setting.name in {"After", "Wants", "Requires"}
	some value in setting.values
	contains(value, "network")
}

bounded if {
	some key in ["memory_max", "memory_high"]
	input.running[key].set
	not input.running[key].infinite
}

# The old name, and a slice that may have a bound of its own.
bounded if {
	some setting in input.settings
	setting.name in {"MemoryLimit", "Slice"}
}
