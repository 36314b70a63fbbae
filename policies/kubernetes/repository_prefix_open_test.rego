package policies.kubernetes.repository_prefix_open_test

import data.policies.kubernetes.repository_prefix_open

test_prefix if {
	repos := ["a.example", "a.example/", "a.example/b:1", "a.example/b@sha256:1"]
	found := repository_prefix_open.deny with input as {"kind": "K8sAllowedRepos", "object": {"spec": {"parameters": {"repos": repos}}}}
	{f.at[4] | some f in found} == {0}
	count(repository_prefix_open.deny) == 0 with input as {"kind": "Pod", "object": {}}
}
