package policies.compose.host_network_test

import data.policies.compose.host_network

found(setting) := msgs if {
	msgs := {f.msg | some f in host_network.deny} with input as {"services": [{"name": "web", "network_mode": setting}]}
}

test_host if {
	found({"value": "host", "known": true, "host": true}) == {"service \"web\" shares the network of its host"}
}

test_unknown if {
	found({"value": "${MODE}", "known": false, "host": false}) == {"service \"web\" may share the network of its host: network_mode is not known from the files: \"${MODE}\""}
}

test_own if {
	count(found({"value": "", "known": true, "host": false})) == 0
}
