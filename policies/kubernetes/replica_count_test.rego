package policies.kubernetes.replica_count_test

import data.policies.kubernetes.replica_count

found(set, n) := count(deny) if {
	deny := replica_count.deny with input as {"workload": {"replicas": {"set": set, "value": n}}}
		with data.parameters as {"kubernetes": {"replica_count": {"minimum": 2, "maximum": 5}}}
}

test_count if {
	found(true, 1) == 1
	found(false, 0) == 0
	found(true, 2) == 0
	found(true, 6) == 1
}
