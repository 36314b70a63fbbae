# METADATA
# title: Port is published on every interface
# description: >-
#   The port is open on all addresses that the host has, past the rules of its firewall. A service behind
#   a proxy, or for the host alone, needs one of them. Ports 80 and 443 are left to be public.
# related_resources:
#   - https://docs.docker.com/engine/network/port-publishing/
#   - https://github.com/compose-spec/compose-spec/blob/main/05-services.md#ports
# custom:
#   severity: low
#   cwe: [668]
#   equivalent:
#     - cis-docker:5.14
#   remediation: Publish the port on the one address that it is meant for, such as 127.0.0.1.
#   bad: |
#     services:
#       ledger:
#         image: ledger:1.4.2
#         ports: ["8080:8080"]
#   good: |
#     services:
#       ledger:
#         image: ledger:1.4.2
#         ports: ["127.0.0.1:8080:8080", "80:8080", {target: 8443, published: "443"}]
package policies.compose.port_all_interfaces

deny contains {"at": ["services", i, "ports", j], "msg": msg} if {
	some i, s in input.services
	some j, p in s.ports
	not p.published in {"80", "443"}
	not data.tables.service_ports.ports[p.target]
	where := reach(p)
	msg := sprintf("service %q publishes port %s on %s", [s.name, p.name, where])
}

reach(p) := "every interface of the host" if p.all_interfaces

reach(p) := "an address that is not known from the files" if contains(p.host_ip, "$")
