# Package policies.lib.port gathers the ports that artifacts declare and those that a host's packet filter opens.
package policies.lib.port

# published are the ports that something on a host says it listens on for others: units, and containers with a port of the host.
published contains {"at": ["systemd", i, "ports", j], "what": unit.name, "protocol": named(port.protocol), "first": port.port, "last": port.port} if {
	some i, unit in input.systemd
	unit.manager == "system"
	not unit.masked
	some j, port in unit.ports
	not port.loopback
	port.port > 0
}

published contains {"at": ["systemd", i, "listen", j], "what": unit.name, "protocol": named(port.protocol), "first": port.port, "last": port.port} if {
	some i, unit in input.systemd
	unit.manager == "system"
	not unit.masked
	some j, port in unit.listen
	not port.loopback
	port.port > 0
}

published contains {"at": ["compose", i, "services", j, "ports", k], "what": service.name, "protocol": port.protocol, "first": port.first, "last": port.last} if {
	some i, file in input.compose
	some j, service in file.services
	some k, port in service.ports
	port.all_interfaces
	port.first > 0
}

published contains {"at": ["kubernetes", i, "containers", j, "ports", k], "what": c.name, "protocol": lower(port.protocol), "first": port.host_port, "last": port.host_port} if {
	some i, object in input.kubernetes
	some j, c in object.containers
	some k, port in c.ports
	port.host_port > 0
}

# An address without a protocol is TCP's, as programs write it.
named(protocol) := protocol if protocol != ""

named("") := "tcp"

published contains {"at": ["listen", i, "ports", j], "what": "sallyport.toml", "protocol": port.protocol, "first": port.first, "last": port.last} if {
	some i, file in input.listen
	some j, port in file.ports
}

# declared are these, and the ports of containers, which a host may forward to under the same number.
declared contains {"protocol": port.protocol, "first": port.first, "last": port.last} if some port in published

declared contains {"protocol": port.protocol, "first": port.first, "last": port.last} if {
	some file in input.dockerfile
	some port in file.stages[file.final].expose
	port.known
}

declared contains {"protocol": lower(port.protocol), "first": port.number, "last": port.number} if {
	some object in input.kubernetes
	some c in object.containers
	some port in c.ports
}

# A service of Kubernetes has ports of the nodes, and of a load balancer's.
declared contains {"protocol": lower(port.protocol), "first": number, "last": number} if {
	some object in input.kubernetes
	some service in object.services
	service.type in {"NodePort", "LoadBalancer"}
	some port in service.ports
	some number in {port.number, port.node_port}
	number > 0
}

# hosts are the packet filters of hosts that are loaded as they are.
hosts contains i if {
	some i, filter in input.firewall
	filter.scope == "host"
	count(filter.refused) == 0
}

# accepts says that a filter lets new connections in to a port from somewhere.
accepts(filter, protocol, port) if {
	some o in filter.openings
	o.hook == "input"
	o.verdict in {"accepted", "unknown"}
	some p in o.protocols
	p in {protocol, "any"}
	some range in o.ports
	range.first <= port
	port <= range.last
}
