package policies.project.unit_program_test

import data.policies.project.unit_program

service(path) := {
	"name": "ledger.service", "service": true,
	"exec": [{"setting": "ExecStart", "path": path}],
}

project(path, file) := {
	"systemd": [service(path)],
	"cargo_manifest": [{"package": {"name": "ledger", "binaries": ["ledger"]}}],
	"dockerfile": [{"path": "Dockerfile", "final": 0, "stages": [{"program": {"file": file}}]}],
}

test_renamed if {
	unit_program.deny == {{
		"at": ["systemd", 0, "exec", 0, "path"],
		"msg": "ledger.service starts ledger-server, and what is built here is ledger",
		"related": [["cargo_manifest", 0, "package"]],
	}} with input as project("/usr/bin/ledger-server", "")
}

test_twice if {
	twice := object.union(project("/usr/bin/ledger-server", ""), {"cargo_manifest": [{"package": {"name": "ledger", "binaries": ["ledger"]}} | some _ in [0, 1]]})
	count(unit_program.deny) == 1 with input as twice
}

test_same if count(unit_program.deny) == 0 with input as project("/opt/ledger", "")

test_other if count(unit_program.deny) == 0 with input as project("/usr/sbin/haproxy", "")

test_image if count(unit_program.deny) == 0 with input as project("/usr/bin/ledger-server", "/app/ledger-server")
