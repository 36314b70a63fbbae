package policies.kubernetes.autoscaler_range_test

import data.policies.kubernetes.autoscaler_range

found(low, high, least) := {f.at[2] | some f in deny} if {
	deny := autoscaler_range.deny with input as {"autoscalers": [{"min": low, "max": high}]}
		with data.parameters as {"kubernetes": {"autoscaler_range": {"minimum": least}}}
}

test_range if {
	found(1, 1, 0) == {"max"}
	found(1, 2, 0) == set()
	found(2, 4, 3) == {"min"}
}
