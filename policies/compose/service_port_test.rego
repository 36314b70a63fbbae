package policies.compose.service_port_test

import data.policies.compose.service_port

ports := {"service_ports": {"ports": {"5432": "PostgreSQL", "9229": "the Node.js debugger"}}}

found(port) := msgs if {
	services := [{"name": "db", "ports": [port]}]
	msgs := {f.msg | some f in service_port.deny} with input as {"services": services} with data.tables as ports
}

port(target, first, last) := {"all_interfaces": true, "host_ip": "", "target": target, "target_first": first, "target_last": last}

test_known if {
	found(port("5432", 5432, 5432)) == {"service \"db\" publishes PostgreSQL (port 5432) on every interface of the host"}
}

test_unknown if {
	elsewhere := object.union(port("5432", 5432, 5432), {"all_interfaces": false, "host_ip": "${ADDRESS}"})
	found(elsewhere) == {"service \"db\" publishes PostgreSQL (port 5432) on an address that is not known from the files"}
}

test_range if {
	msgs := {"service \"db\" publishes PostgreSQL (ports 5430-5440) on every interface of the host"}
	found(port("5430-5440", 5430, 5440)) == msgs
}

test_quiet if {
	count(found(port("8080", 8080, 8080))) == 0
	count(found(port("8080-8090", 8080, 8090))) == 0
	count(found(object.union(port("5432", 5432, 5432), {"all_interfaces": false}))) == 0
}
