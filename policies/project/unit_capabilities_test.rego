package policies.project.unit_capabilities_test

import data.policies.project.unit_capabilities

service(bounded, capabilities) := {
	"name": "ledger.service", "service": true, "manager": "system", "alias_of": "", "partial": false, "service_type": "exec",
	"exec": [{"setting": "ExecStart", "path": "/usr/bin/ledger"}],
	"confinement": {"bounded": bounded, "capabilities": capabilities},
}

project(bounded, capabilities) := {
	"systemd": [service(bounded, capabilities)], "dockerfile": [],
	"kubernetes": [{
		"containers": [{"name": "ledger", "list": "containers", "image": "ledger", "security": {"added": ["NET_ADMIN"]}}],
	}],
	"compose": [{"services": [{
		"name": "web", "image": {"repository": "acme/ledger"}, "build": {"known": false},
		"cap_add": [{"name": "cap_sys_admin", "known": true}],
	}]}],
}

test_both if {
	unit_capabilities.deny == {
		{
			"at": ["kubernetes", 0, "containers", 0],
			"msg": `container "ledger" adds CAP_NET_ADMIN, and ledger.service runs without`,
			"related": [["systemd", 0, "confinement", "capabilities"]],
		},
		{
			"at": ["compose", 0, "services", 0],
			"msg": `compose service "web" adds CAP_SYS_ADMIN, and ledger.service runs without`,
			"related": [["systemd", 0, "confinement", "capabilities"]],
		},
	} with input as project(true, [])
}

test_has_them if count(unit_capabilities.deny) == 0 with input as project(true, ["CAP_NET_ADMIN", "CAP_SYS_ADMIN"])

test_unbounded if count(unit_capabilities.deny) == 0 with input as project(false, [])
