package policies.kubernetes.root_group_test

import data.policies.kubernetes.root_group

unset := {"set": false, "value": 0}

root := {"set": true, "value": 0}

found(pod, group) := count(deny) if {
	security := object.union({"run_as_group": unset, "fs_group": unset, "supplemental_groups": []}, pod)
	deny := root_group.deny with input as {"pods": [{"security": security}], "containers": [{"name": "a", "security": {"run_as_group": group}}]}
}

test_group if {
	found({}, unset) == 0
	found({}, root) == 1
	found({"run_as_group": root, "fs_group": root, "supplemental_groups": [1, 0]}, {"set": true, "value": 1}) == 3
}
