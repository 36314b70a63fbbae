package policies.kubernetes.host_probe_test

import data.policies.kubernetes.host_probe

test_hosts if {
	handlers := [{"name": "livenessProbe", "host": ""}, {"name": "preStop", "host": "10.0.0.1"}]
	found := host_probe.deny with input as {"containers": [{"name": "web", "handlers": handlers}]}
	{f.msg | some f in found} == {`the preStop of container "web" asks 10.0.0.1`}
}
