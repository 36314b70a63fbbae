package policies.systemd.service_port_test

import data.policies.systemd.service_port

tables := {"service_ports": {"ports": {"6379": "Redis"}}}

service(port, address, denied) := {
	"name": "a.service", "service": true, "type": "service", "confinement": {"address_deny": denied},
	"ports": [{"port": port, "address": address, "from": "listen"}],
}

socket(port, device) := {
	"name": "a.socket", "type": "socket", "service": false, "masked": false, "socket": {"bind_to_device": device},
	"listen": [{"port": port, "everywhere": true}],
}

test_service if {
	service_port.deny == {{
		"at": ["ports", 0],
		"msg": "listen of a.service opens Redis (port 6379) on every interface",
	}} with input as service(6379, "", []) with data.tables as tables
}

test_one_address if {
	count(service_port.deny) == 0 with input as service(6379, "10.0.0.1", []) with data.tables as tables
}

test_restricted if {
	count(service_port.deny) == 0 with input as service(6379, "", [{"any": true}]) with data.tables as tables
}

test_other_port if {
	count(service_port.deny) == 0 with input as service(8080, "", []) with data.tables as tables
}

test_socket if {
	service_port.deny == {{
		"at": ["listen", 0],
		"msg": "a.socket opens Redis (port 6379) on every interface",
	}} with input as socket(6379, "") with data.tables as tables
}

test_device if {
	count(service_port.deny) == 0 with input as socket(6379, "eth1") with data.tables as tables
}
