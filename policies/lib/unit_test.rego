package policies.lib.unit_test

import data.policies.lib.unit

service(path) := {
	"service": true, "manager": "system", "alias_of": "", "partial": false, "service_type": "exec",
	"exec": [{"setting": "ExecStartPre", "path": "/bin/test"}, {"setting": "ExecStart", "path": path}],
}

dockerfile(file) := {"path": "Dockerfile", "final": 0, "stages": [{"program": {"file": file}}]}

test_services if {
	unit.services == {"ledger": 1} with input as {"systemd": [
		service("/bin/sh"),
		service("/usr/bin/ledger"),
		object.union(service("/usr/bin/ledger"), {"service_type": "oneshot"}),
		service("/usr/bin/worker"),
		service("/opt/worker"),
	]}
}

# systemd refuses such a unit; nothing errs over it here.
test_two_programs if {
	two := {"exec": [{"setting": "ExecStart", "path": "/usr/bin/a"}, {"setting": "ExecStart", "path": "/usr/bin/b"}]}
	unit.services == {"a": 0, "b": 0} with input as {"systemd": [object.union(service("/usr/bin/a"), two)]}
}

test_stages if {
	unit.stages == {"ledger": ["dockerfile", 0, "stages", 0]} with input as {"dockerfile": [
		dockerfile("/app/ledger"),
		dockerfile("/app/worker"),
		dockerfile("/usr/bin/worker"),
		dockerfile(""),
	]}
}

test_containers if {
	containers := [{"list": "containers", "image": "r.example:5000/acme/ledger:1@sha256:11"}, {"list": "init_containers", "image": "ledger"}]
	unit.containers == {"ledger": {["kubernetes", 0, "containers", 0]}} with input as {"kubernetes": [{"containers": containers}]}
}

test_composed if {
	services := [
		{"image": {"repository": "acme/worker"}, "build": {"known": false}},
		{"image": {"repository": ""}, "build": {"known": true, "dockerfile": "Dockerfile"}},
	]
	unit.composed == {"worker": {["compose", 0, "services", 0]}, "ledger": {["compose", 0, "services", 1]}} with input as {
		"dockerfile": [dockerfile("/app/ledger")],
		"compose": [{"services": services}],
	}
}
