package policies.kubernetes.sudo_test

import data.policies.kubernetes.sudo

test_sudo if {
	found := sudo.deny with input as {"containers": [{"name": "a", "sudo": false}, {"name": "b", "sudo": true}]}
	{f.at[1] | some f in found} == {1}
}
