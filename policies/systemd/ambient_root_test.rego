package policies.systemd.ambient_root_test

import data.policies.systemd.ambient_root

unit(word, root) := {
	"name": "a.service", "service": true, "manager": "system",
	"identity": {"root": root}, "ambient_capabilities": [word],
}

test_root_like if {
	ambient_root.deny == {{
		"at": ["ambient_capabilities", 0],
		"msg": "a.service may pass over the permissions of every file: AmbientCapabilities= holds CAP_DAC_OVERRIDE",
	}} with input as unit("cap_dac_override", false)
}

test_port if count(ambient_root.deny) == 0 with input as unit("CAP_NET_BIND_SERVICE", false)

test_root if count(ambient_root.deny) == 0 with input as unit("CAP_SYS_ADMIN", true)
