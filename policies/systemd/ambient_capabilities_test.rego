package policies.systemd.ambient_capabilities_test

import data.policies.systemd.ambient_capabilities

unit(open) := {"name": "a.service", "exposure": {"open": open}}

test_open if {
	ambient_capabilities.deny == {{
		"at": ["exposure", "badness", "AmbientCapabilities"],
		"msg": "a.service starts with capabilities: A= is not set",
	}} with input as unit({"AmbientCapabilities": {"because": "A= is not set", "fix": "[Service]\nA=b"}})
}

test_excused if count(ambient_capabilities.deny) == 0 with input as unit({})
