package policies.kubernetes.resource_maximum_test

import data.policies.kubernetes.resource_maximum

found(parameters) := {f.at[3] | some f in deny} if {
	none := {"cores": 0, "memory_mib": 0, "storage_mib": 0, "cpu_ratio": 0, "memory_ratio": 0}
	resources := {"cores": 2, "memory": 2097152, "storage": 0, "cpu_ratio": 4, "memory_ratio": 1}
	deny := resource_maximum.deny with input as {"containers": [{"name": "a", "resources": resources}]}
		with data.parameters as {"kubernetes": {"resource_maximum": object.union(none, parameters)}}
}

test_maximum if {
	found({}) == set()
	found({"cores": 1, "memory_mib": 2}) == {"limits_cpu"}
	found({"memory_mib": 1, "memory_ratio": 2}) == {"limits_memory"}
	found({"cpu_ratio": 2, "cores": 4}) == {"limits_cpu"}
}
