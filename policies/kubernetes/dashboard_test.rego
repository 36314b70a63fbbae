package policies.kubernetes.dashboard_test

import data.policies.kubernetes.dashboard

test_dashboard if {
	found := dashboard.deny with input as {"containers": [{"name": "a", "image": "x", "reference": {"repository": r}} | some r in ["library/x", "kubernetesui/dashboard"]]}
	{f.at[1] | some f in found} == {1}
}
