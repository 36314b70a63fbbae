# METADATA
# title: Database or management port is open on every interface
# description: >-
#   Databases, brokers, debuggers and engines trust whoever reaches them, or keep strangers out by a
#   password alone. An engine publishes ports past the host's firewall, so the port is open to everybody
#   who reaches the host.
# related_resources:
#   - https://docs.docker.com/engine/network/port-publishing/
#   - https://github.com/compose-spec/compose-spec/blob/main/05-services.md#ports
# custom:
#   severity: high
#   cwe: [668]
#   equivalent:
#     - cis-docker:5.14
#   remediation: Remove the port, since services of one project reach each other without, or publish it on 127.0.0.1.
#   bad: |
#     services:
#       ledger:
#         image: postgres:17
#         ports: ["15432:5432"]
#   good: |
#     services:
#       ledger:
#         image: ledger:1.4.2
#         ports: ["127.0.0.1:5432:5432", "[::1]:6379:6379", "8443:8443"]
#         expose: ["5432"]
package policies.compose.service_port

known := data.tables.service_ports.ports

deny contains {"at": ["services", i, "ports", j], "msg": msg} if {
	some i, s in input.services
	some j, p in s.ports
	name := known[p.target]
	where := reach(p)
	msg := sprintf("service %q publishes %s (port %s) on %s", [s.name, name, p.target, where])
}

deny contains {"at": ["services", i, "ports", j], "msg": msg} if {
	some i, s in input.services
	some j, p in s.ports
	p.target_first < p.target_last
	where := reach(p)
	names := [name | some number, name in known; to_number(number) >= p.target_first; to_number(number) <= p.target_last]
	count(names) > 0
	msg := sprintf("service %q publishes %s (ports %s) on %s", [s.name, concat(", ", sort(names)), p.target, where])
}

reach(p) := "every interface of the host" if p.all_interfaces

reach(p) := "an address that is not known from the files" if contains(p.host_ip, "$")
