package policies.kubernetes.host_port_test

import data.policies.kubernetes.host_port

test_ports if {
	found := host_port.deny with input as {"containers": [{"name": "web", "ports": [{"host_port": 0}, {"host_port": 80}]}]}
	{f.at | some f in found} == {["containers", 0, "ports", 1, "host_port"]}
}
