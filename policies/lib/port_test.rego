package policies.lib.port_test

import data.policies.lib.port

project := {
	"systemd": [
		{
			"name": "a.service", "manager": "system", "masked": false, "listen": [],
			"ports": [{"protocol": "", "port": 80, "loopback": false}, {"protocol": "tcp", "port": 81, "loopback": true}],
		},
		{"name": "b.socket", "manager": "system", "masked": false, "ports": [], "listen": [{"protocol": "udp", "port": 53, "loopback": false}]},
	],
	"compose": [{"services": [{"name": "c", "ports": [{"protocol": "tcp", "all_interfaces": true, "first": 8000, "last": 8001}]}]}],
	"kubernetes": [{"containers": [{"name": "d", "ports": [{"protocol": "TCP", "host_port": 0, "number": 9090}, {"protocol": "TCP", "host_port": 91, "number": 9091}]}], "services": [
		{"type": "NodePort", "ports": [{"protocol": "TCP", "number": 6000, "node_port": 30600}]}, {"type": "ClusterIP", "ports": [{"protocol": "TCP", "number": 6001, "node_port": 0}]},
	]}],
	"listen": [{"ports": [{"protocol": "tcp", "first": 7000, "last": 7000}]}],
	"dockerfile": [{"final": 0, "stages": [{"expose": [{"known": true, "protocol": "tcp", "first": 8443, "last": 8443}]}]}],
	"firewall": [{"scope": "host", "refused": []}, {"scope": "pods", "refused": []}, {"scope": "host", "refused": [{"message": "x"}]}],
}

test_published if {
	{p.first | some p in port.published} == {80, 53, 8000, 91, 7000} with input as project
	{p.protocol | some p in port.published; p.first == 80} == {"tcp"} with input as project
}

test_declared if {
	{p.first | some p in port.declared} == {80, 53, 8000, 91, 7000, 8443, 9090, 9091, 6000, 30600} with input as project
}

test_hosts if port.hosts == {0} with input as project

test_accepts if {
	filter := {"openings": [{"hook": "input", "verdict": "accepted", "protocols": ["tcp"], "ports": [{"first": 80, "last": 90}]}]}
	port.accepts(filter, "tcp", 85)
	not port.accepts(filter, "udp", 85)
	not port.accepts(filter, "tcp", 91)
}
