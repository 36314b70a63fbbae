package policies.kubernetes.ssh_port_test

import data.policies.kubernetes.ssh_port

test_ssh if {
	ports := [{"number": 22, "protocol": "UDP"}, {"number": 22, "protocol": "TCP"}, {"number": 23, "protocol": "TCP"}]
	services := [{"ports": [{"number": 80, "target": "http"}, {"number": 2222, "target": "22"}, {"number": 22, "target": ""}]}]
	found := ssh_port.deny with input as {"containers": [{"name": "a", "ports": ports}], "services": services}
	{[f.at[0], f.at[3]] | some f in found} == {["containers", 1], ["services", 1], ["services", 2]}
}
