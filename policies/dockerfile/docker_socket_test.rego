package policies.dockerfile.docker_socket_test

import data.policies.dockerfile.docker_socket

volume(path) := f if {
	f := docker_socket.deny with input as {"stages": [{"volumes": [path], "runs": []}]}
}

mount(source) := f if {
	f := docker_socket.deny with input as {"stages": [{"volumes": [], "runs": [{"mounts": [{
		"source": source,
		"target": "/x",
	}]}]}]}
}

test_volume if {
	volume("/run/docker.sock") == {{
		"at": ["stages", 0, "volumes", 0],
		"msg": "the volume /run/docker.sock is the socket of a container daemon",
	}}
}

test_mapping if count(volume("/run/docker.sock:/run/docker.sock")) == 1

test_mount if {
	mount("/var/run/docker.sock") == {{
		"at": ["stages", 0, "runs", 0, "mounts", 0],
		"msg": "the mount of /var/run/docker.sock is the socket of a container daemon",
	}}
}

test_other if volume("/run/docker") == set()

test_other_mount if mount("docker.sock.md") == set()
