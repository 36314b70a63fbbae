package policies.kubernetes.kubeconfig_secret_test

import data.policies.kubernetes.kubeconfig_secret

test_secret if {
	entries := [{"name": "token", "at": ["object"], "secret": {"found": f, "masked": "x", "reason": "name"}} | some f in [true, false]]
	count(kubeconfig_secret.deny) == 1 with input as {"kind": "Config", "entries": entries}
	count(kubeconfig_secret.deny) == 0 with input as {"kind": "Secret", "entries": entries}
}
