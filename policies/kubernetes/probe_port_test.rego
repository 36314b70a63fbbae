package policies.kubernetes.probe_port_test

import data.policies.kubernetes.probe_port

found(patch, port) := count(deny) if {
	handler := {"name": "livenessProbe", "host": "", "port": port}
	deny := probe_port.deny with input as {"patch": patch, "containers": [{"name": "a", "ports": [{"name": "http", "number": 8080}], "handlers": [handler]}]}
}

test_port if {
	found(false, "https") == 1
	found(false, "8081") == 1
	found(false, "http") == 0
	found(false, "8080") == 0
	found(false, "") == 0
	found(true, "https") == 0
}
