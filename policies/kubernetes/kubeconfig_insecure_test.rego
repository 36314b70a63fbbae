package policies.kubernetes.kubeconfig_insecure_test

import data.policies.kubernetes.kubeconfig_insecure

test_insecure if {
	found := kubeconfig_insecure.deny with input as {"clusters": [{"name": "a", "server": "b", "insecure": i} | some i in [false, true]]}
	{f.at[1] | some f in found} == {1}
}
