package policies.kubernetes.tiller_service_test

import data.policies.kubernetes.tiller_service

test_tiller if {
	found := tiller_service.deny with input as {"services": [{"selector": {}}, {"selector": {"name": "tiller"}}]}
	{f.at[1] | some f in found} == {1}
}
