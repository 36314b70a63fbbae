package policies.kubernetes.runtime_socket_test

import data.policies.kubernetes.runtime_socket

test_socket if {
	volumes := [{"name": "a", "socket": false, "host_path": ""}, {"name": "b", "socket": true, "host_path": "/run/docker.sock"}]
	found := runtime_socket.deny with input as {"pods": [{"volumes": volumes}]}
	{f.msg | some f in found} == {`volume "b" is /run/docker.sock of the node`}
}
