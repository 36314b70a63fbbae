package policies.kubernetes.pull_policy_test

import data.policies.kubernetes.pull_policy

container(tag, policy) := {"name": "a", "image": "x", "pull_policy": policy, "reference": {"known": true, "tag": tag, "digest": ""}}

test_policy if {
	cs := [container("", "Never"), container("latest", "IfNotPresent"), container("1", "Never"), container("", "Always")]
	found := pull_policy.deny with input as {"containers": cs}
	{f.at[1] | some f in found} == {0, 1}
}
