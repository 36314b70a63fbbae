package policies.compose.engine_socket_test

import data.policies.compose.engine_socket

found(holds) := msgs if {
	services := [{"name": "web", "host_mounts": [{"path": "/run/docker.sock", "holds": holds}]}]
	msgs := {f.msg | some f in engine_socket.deny} with input as {"services": services}
}

test_socket if {
	found("engine") == {"service \"web\" reaches the container engine: /run/docker.sock is mounted"}
}

test_other if {
	count(found("")) == 0
}
