package policies.project.unit_user_test

import data.policies.project.unit_user

service(uid) := {
	"name": "ledger.service", "service": true, "manager": "system", "alias_of": "", "partial": false, "service_type": "exec",
	"exec": [{"setting": "ExecStart", "path": "/usr/bin/ledger"}], "identity": {"uid": uid},
}

project(uid, user, set) := {
	"systemd": [service(uid)],
	"dockerfile": [{"path": "Dockerfile", "final": 0, "stages": [{"program": {"file": "/ledger"}, "user": {"id": user}}]}],
	"kubernetes": [{"containers": [{"name": "ledger", "list": "containers", "image": "ledger", "run_as_user": {"set": set, "value": 7}}]}],
}

test_both if {
	unit_user.deny == {
		{
			"at": ["systemd", 0, "identity", "uid"],
			"msg": "ledger.service runs as 10, and its image as 11",
			"related": [["dockerfile", 0, "stages", 0, "user"]],
		},
		{
			"at": ["systemd", 0, "identity", "uid"],
			"msg": `ledger.service runs as 10, and container "ledger" as 7`,
			"related": [["kubernetes", 0, "containers", 0, "run_as_user"]],
		},
	} with input as project(10, 11, true)
}

test_same if count(unit_user.deny) == 0 with input as project(10, 10, false)

test_unknown if count(unit_user.deny) == 0 with input as project(-1, 10, true)

test_unknown_image if count(unit_user.deny) == 0 with input as project(10, -1, false)
