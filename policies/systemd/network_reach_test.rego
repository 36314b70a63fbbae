package policies.systemd.network_reach_test

import data.policies.systemd.network_reach

unit(reach) := {"name": "a.service", "service": true, "exposure": {"reach": reach}}

allow(reach) := {"systemd": {"network_reach": {"allow": reach}}}

test_listens if {
	network_reach.deny == {{
		"at": ["exposure", "reach"],
		"msg": "a.service may listen on the network, and at most \"out\" is allowed",
	}} with input as unit("listen")
		with data.parameters as allow("out")
}

test_calls if count(network_reach.deny) == 1 with input as unit("out") with data.parameters as allow("none")

test_none if count(network_reach.deny) == 0 with input as unit("none") with data.parameters as allow("none")

test_default if count(network_reach.deny) == 0 with input as unit("listen") with data.parameters as allow("listen")
