package policies.compose.port_all_interfaces_test

import data.policies.compose.port_all_interfaces

found(port) := msgs if {
	services := [{"name": "web", "ports": [object.union({"host_ip": ""}, port)]}]
	msgs := {f.msg | some f in port_all_interfaces.deny} with input as {"services": services}
		with data.tables as {"service_ports": {"ports": {"5432": "PostgreSQL"}}}
}

test_open if {
	port := {"name": "8080:80", "published": "8080", "target": "80", "all_interfaces": true}
	found(port) == {"service \"web\" publishes port 8080:80 on every interface of the host"}
}

test_unknown if {
	port := {"name": "${A}:8080:80", "published": "8080", "target": "80", "all_interfaces": false, "host_ip": "${A}"}
	found(port) == {"service \"web\" publishes port ${A}:8080:80 on an address that is not known from the files"}
}

test_quiet if {
	count(found({"name": "80:80", "published": "80", "target": "80", "all_interfaces": true})) == 0
	count(found({"name": "5432:5432", "published": "5432", "target": "5432", "all_interfaces": true})) == 0
	count(found({"name": "::1:8080:80", "published": "8080", "target": "80", "all_interfaces": false})) == 0
}
