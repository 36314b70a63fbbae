package policies.kubernetes.resources_test

import data.policies.kubernetes.resources

found(given, patch) := {f.msg | some f in deny} if {
	containers := [{"name": "a", "list": "containers", "resources": {"given": given}}, {"name": "b", "list": "ephemeralContainers", "resources": {"given": []}}]
	deny := resources.deny with input as {"patch": patch, "containers": containers}
		with data.parameters as {"kubernetes": {"resources": {"required": ["requests.cpu", "limits.memory"]}}}
}

test_resources if {
	found([], false) == {`container "a" has no requests.cpu, limits.memory`}
	found(["requests.cpu"], false) == {`container "a" has no limits.memory`}
	found(["requests.cpu", "limits.memory"], false) == set()
	found([], true) == set()
}
