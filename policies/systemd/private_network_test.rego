package policies.systemd.private_network_test

import data.policies.systemd.private_network

unit(open) := {"name": "a.service", "exposure": {"open": open}}

test_open if {
	private_network.deny == {{
		"at": ["exposure", "badness", "PrivateNetwork"],
		"msg": "a.service reaches the network of the host: A= is not set",
	}} with input as unit({"PrivateNetwork": {"because": "A= is not set", "fix": "[Service]\nA=b"}})
}

test_excused if count(private_network.deny) == 0 with input as unit({})
