package policies.kubernetes.rollout_recreate_test

import data.policies.kubernetes.rollout_recreate

found(strategy, replicas) := count(deny) if {
	deny := rollout_recreate.deny with input as {"workload": {"strategy": strategy, "replicas": {"value": replicas}}}
}

test_recreate if {
	found("Recreate", 2) == 1
	found("Recreate", 1) == 0
	found("RollingUpdate", 2) == 0
}
