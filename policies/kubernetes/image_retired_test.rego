package policies.kubernetes.image_retired_test

import data.policies.kubernetes.image_retired

test_retired if {
	references := [{"registry": "k8s.gcr.io", "repository": "x"}, {"registry": "registry.k8s.io", "repository": "ingress-nginx/controller"}, {"registry": "docker.io", "repository": "library/x"}]
	found := image_retired.deny with input as {"containers": [{"name": "a", "image": "x", "reference": r} | some r in references]}
	{f.at[1] | some f in found} == {0, 1}
}
