package policies.kubernetes.interactive_test

import data.policies.kubernetes.interactive

test_interactive if {
	cs := [{"name": "a", "list": "containers", "interactive": i} | some i in [true, false]]
	found := interactive.deny with input as {"containers": array.concat(cs, [{"name": "b", "list": "ephemeralContainers", "interactive": true}])}
	{f.at[1] | some f in found} == {0}
}
