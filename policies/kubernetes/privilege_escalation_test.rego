package policies.kubernetes.privilege_escalation_test

import data.policies.kubernetes.privilege_escalation

found(flag, patch, windows, except) := count(rules) if {
	rules := privilege_escalation.deny with input as {
		"patch": patch, "pods": [{"windows": windows}],
		"containers": [{"name": "web", "pod": 0, "security": {"privilege_escalation": flag}}],
	}
		with data.parameters as {"kubernetes": {"privilege_escalation": {"except_windows": except}}}
}

unset := {"set": false, "value": false}

test_escalation if {
	found(unset, false, false, true) == 1
	found({"set": true, "value": true}, true, false, true) == 1
	found(unset, false, true, false) == 1
}

test_prevented if {
	found({"set": true, "value": false}, false, false, true) == 0
	found(unset, true, false, true) == 0
	found(unset, false, true, true) == 0
}
