package policies.kubernetes.capability_added_test

import data.policies.kubernetes.capability_added

test_added if {
	containers := [{"name": "web", "security": {"added": ["CHOWN", "SYS_ADMIN"]}}]
	found := capability_added.deny with input as {"containers": containers}
		with data.parameters as {"kubernetes": {"capability_added": {"allowed": ["CHOWN"]}}}
	{f.at | some f in found} == {["containers", 0, "security", "added", 1]}
}
