package policies.kubernetes.rollback_impossible_test

import data.policies.kubernetes.rollback_impossible

found(set, n) := count(deny) if deny := rollback_impossible.deny with input as {"workload": {"history": {"set": set, "value": n}}}

test_history if {
	found(true, 0) == 1
	found(false, 0) == 0
	found(true, 2) == 0
}
