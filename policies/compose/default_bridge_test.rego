package policies.compose.default_bridge_test

import data.policies.compose.default_bridge

found(service) := msgs if {
	msgs := {f.msg | some f in default_bridge.deny} with input as {"services": [object.union({"name": "web"}, service)]}
}

test_found if {
	found({"network_mode": {"value": "bridge"}}) == {"service \"web\" is on the default bridge of the engine"}
}

test_quiet if {
	count(found({"network_mode": {"value": ""}})) == 0
}
