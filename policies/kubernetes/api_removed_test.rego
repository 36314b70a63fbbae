package policies.kubernetes.api_removed_test

import data.policies.kubernetes.api_removed

found(version, kind, minor) := count(deny) if {
	deny := api_removed.deny with input as {"api_version": version, "kind": kind}
		with data.parameters as {"kubernetes": {"api_removed": {"minor": minor}}}
}

test_removed if {
	found("extensions/v1beta1", "Ingress", 37) == 1
	found("extensions/v1beta1", "Ingress", 21) == 0
	found("networking.k8s.io/v1", "Ingress", 37) == 0
	found("extensions/v1beta1", "Ledger", 37) == 0
}
