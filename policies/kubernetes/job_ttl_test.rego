package policies.kubernetes.job_ttl_test

import data.policies.kubernetes.job_ttl

found(kind, owned, set) := count(deny) if {
	deny := job_ttl.deny with input as {"kind": kind, "owned": owned, "patch": false, "workload": {"ttl": {"set": set}}}
}

test_ttl if {
	found("Job", false, false) == 1
	found("Job", true, false) == 0
	found("Job", false, true) == 0
	found("Deployment", false, false) == 0
}
