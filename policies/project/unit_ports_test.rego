package policies.project.unit_ports_test

import data.policies.project.unit_ports

service(port) := {
	"name": "ledger.service", "service": true, "manager": "system", "alias_of": "", "partial": false, "service_type": "exec",
	"exec": [{"setting": "ExecStart", "path": "/usr/bin/ledger"}], "ports": [{"port": port}],
}

dockerfile(first, last) := {
	"path": "Dockerfile", "final": 0,
	"stages": [{"program": {"file": "/ledger"}, "expose": [{"known": true, "first": first, "last": last}]}],
}

empty := {"systemd": [], "dockerfile": [], "kubernetes": [], "compose": []}

expose(port, first, last) := object.union(empty, {"systemd": [service(port)], "dockerfile": [dockerfile(first, last)]})

kubernetes(port) := object.union(empty, {"systemd": [service(8080)], "kubernetes": [{
	"containers": [{"name": "ledger", "list": "containers", "image": "acme/ledger:1", "ports": [{"number": port}]}],
}]})

compose(port) := object.union(empty, {"systemd": [service(8080)], "compose": [{"services": [{
	"name": "web", "image": {"repository": "acme/ledger"}, "build": {"known": false},
	"ports": [{"target_first": port, "target_last": port}],
}]}]})

test_expose if {
	unit_ports.deny == {{
		"at": ["systemd", 0, "ports", 0],
		"msg": "ledger.service listens on 8080, and EXPOSE names 8081",
		"related": [["dockerfile", 0, "stages", 0, "expose", 0]],
	}} with input as expose(8080, 8081, 8081)
}

test_range if count(unit_ports.deny) == 0 with input as expose(8080, 8000, 8100)

test_lifted if count(unit_ports.deny) == 0 with input as expose(443, 8443, 8443)

test_kubernetes if {
	unit_ports.deny == {{
		"at": ["systemd", 0, "ports", 0],
		"msg": `ledger.service listens on 8080, and container "ledger" names 9000`,
		"related": [["kubernetes", 0, "containers", 0]],
	}} with input as kubernetes(9000)
}

test_kubernetes_same if count(unit_ports.deny) == 0 with input as kubernetes(8080)

test_compose if {
	unit_ports.deny == {{
		"at": ["systemd", 0, "ports", 0],
		"msg": `ledger.service listens on 8080, and compose service "web" names 9000`,
		"related": [["compose", 0, "services", 0]],
	}} with input as compose(9000)
}

test_compose_same if count(unit_ports.deny) == 0 with input as compose(8080)
