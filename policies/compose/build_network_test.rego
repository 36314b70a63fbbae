package policies.compose.build_network_test

import data.policies.compose.build_network

found(service) := msgs if {
	msgs := {f.msg | some f in build_network.deny} with input as {"services": [object.union({"name": "web"}, service)]}
}

test_found if {
	found({"build": {"network": "host"}}) == {"service \"web\" is built in the network of the host"}
}

test_quiet if {
	count(found({"build": {"network": ""}})) == 0
}
