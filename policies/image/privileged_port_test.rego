package policies.image.privileged_port_test

import data.policies.image.privileged_port

msgs(port, root, capable) := found if {
	found := {f.msg | some f in privileged_port.deny} with input as {
		"ports": [{"name": "80/tcp", "first": port}],
		"user": {"root": root, "value": "10001"},
		"files": {"capable": capable},
	}
}

test_low if msgs(80, false, []) == {"the image exposes port 80/tcp and runs as \"10001\""}

test_fine if {
	count(msgs(8080, false, [])) == 0
	count(msgs(80, true, [])) == 0
	count(msgs(80, false, [{"capabilities": ["cap_net_bind_service"]}])) == 0
}
