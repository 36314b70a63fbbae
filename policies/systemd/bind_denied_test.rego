package policies.systemd.bind_denied_test

import data.policies.systemd.bind_denied

unit(from, allowed) := {
	"name": "a.service", "service": true, "ports": [{"port": 8080, "from": from}],
	"confinement": {"bind_deny": [{"from": 1, "to": 65535}], "bind_allow": [{"from": allowed, "to": allowed + 10}]},
}

test_denied if {
	bind_denied.deny == {{
		"at": ["ports", 0],
		"msg": "PORT of a.service names port 8080, which SocketBindDeny= keeps the service from",
		"related": [["confinement", "bind_allow", 0]],
	}} with input as unit("PORT", 9000)
}

test_allowed if count(bind_denied.deny) == 0 with input as unit("PORT", 8075)

test_socket if count(bind_denied.deny) == 0 with input as unit("a.socket", 9000)
