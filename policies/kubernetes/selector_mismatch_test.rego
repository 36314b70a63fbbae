package policies.kubernetes.selector_mismatch_test

import data.policies.kubernetes.selector_mismatch

found(mismatch, patch) := count(deny) if deny := selector_mismatch.deny with input as {"workload": {"mismatch": mismatch}, "patch": patch}

test_mismatch if {
	found(["app"], false) == 1
	found(["app"], true) == 0
	found([], false) == 0
}
