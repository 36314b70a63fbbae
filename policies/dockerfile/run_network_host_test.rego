package policies.dockerfile.run_network_host_test

import data.policies.dockerfile.run_network_host

findings(value) := found if {
	found := run_network_host.deny with input as {"stages": [{"runs": [{"network": value}]}]}
}

test_host if findings("host") == {{"at": ["stages", 0, "runs", 0], "msg": "RUN --network=host shares the network of the builder"}}

test_default if findings("default") == set()
