package policies.systemd.socket_bind_test

import data.policies.systemd.socket_bind

unit(denied, from) := {
	"name": "a.service", "service": true,
	"exposure": {"reach": "listen", "badness": {"PrivateNetwork": 1, "RestrictAddressFamilies_AF_INET_INET6": 1}},
	"confinement": {"bind_deny": denied},
	"sockets": [{"name": "a.socket", "listen": [{"port": 8080}]}],
	"ports": [{"from": "a.socket"}, {"from": from}],
}

test_may_bind if {
	socket_bind.deny == {{
		"at": ["sockets", 0],
		"msg": "a.service gets its socket from a.socket, and may bind other ports too",
	}} with input as unit([], "a.socket")
}

test_denied if count(socket_bind.deny) == 0 with input as unit([{"from": 1, "to": 65535}], "a.socket")

test_own_port if count(socket_bind.deny) == 0 with input as unit([], "METRICS_PORT")
