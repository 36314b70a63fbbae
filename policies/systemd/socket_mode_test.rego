package policies.systemd.socket_mode_test

import data.policies.systemd.socket_mode

unit(open, path) := {
	"name": "a.socket", "type": "socket", "masked": false, "partial": false, "manager": "system",
	"socket": {"world_writable": open, "mode": "0666"},
	"listen": [{"name": "@a", "path": path, "setting": "ListenStream", "abstract": false}],
}

test_open if {
	socket_mode.deny == {{
		"at": ["socket", "mode"],
		"msg": "every account may connect to /run/a of a.socket: its mode is 0666",
	}} with input as unit(true, "/run/a")
}

test_closed if count(socket_mode.deny) == 0 with input as unit(false, "/run/a")

test_port if count(socket_mode.deny) == 0 with input as unit(true, "")

test_public if count(socket_mode.deny) == 0 with input as unit(true, "/run/systemd/journal/socket")

test_abstract if {
	abstract := [{"name": "@a", "path": "", "setting": "ListenStream", "abstract": true}]
	socket_mode.deny == {{
		"at": ["listen", 0],
		"msg": "every account may connect to @a of a.socket: an abstract socket has no mode",
	}} with input as object.union(unit(false, ""), {"listen": abstract})
}
