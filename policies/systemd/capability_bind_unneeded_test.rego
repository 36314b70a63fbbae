package policies.systemd.capability_bind_unneeded_test

import data.policies.systemd.capability_bind_unneeded

unit(port, from) := {
	"name": "a.service", "service": true, "ambient_capabilities": ["CAP_KILL", "CAP_NET_BIND_SERVICE"],
	"ports": [{"name": "p", "port": port, "from": from}],
}

test_high if {
	capability_bind_unneeded.deny == {{
		"at": ["ambient_capabilities", 1],
		"msg": "a.service has CAP_NET_BIND_SERVICE, and the ports of the unit need none: p",
	}} with input as unit(8080, "PORT")
}

test_low if count(capability_bind_unneeded.deny) == 0 with input as unit(443, "PORT")

test_socket if count(capability_bind_unneeded.deny) == 1 with input as unit(443, "a.socket")

test_unknown if {
	count(capability_bind_unneeded.deny) == 0 with input as object.union(unit(1, ""), {"ports": []})
}
