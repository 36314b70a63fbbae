package policies.systemd.socket_connections_test

import data.policies.systemd.socket_connections

unit(limit, loopback) := {
	"name": "a.socket", "type": "socket", "masked": false, "partial": false,
	"socket": {"accept": true, "max_connections_per_source": limit},
	"listen": [{"port": 80, "loopback": loopback}],
}

test_unbounded if {
	socket_connections.deny == {{
		"at": ["socket", "max_connections_per_source"],
		"msg": "one client can take all connections of a.socket: MaxConnectionsPerSource= is not set",
	}} with input as unit({"set": false, "value": -1}, false)
}

test_bounded if count(socket_connections.deny) == 0 with input as unit({"set": true, "value": 8}, false)

test_loopback if count(socket_connections.deny) == 0 with input as unit({"set": false, "value": -1}, true)
