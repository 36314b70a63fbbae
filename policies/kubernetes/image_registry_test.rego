package policies.kubernetes.image_registry_test

import data.policies.kubernetes.image_registry

image(registry) := {"name": "a", "image": registry, "reference": {"known": true, "registry": registry, "repository": "team/app"}}

found(lists) := {f.at[1] | some f in deny} if {
	containers := [image("docker.io"), image("registry.example"), {"name": "b", "image": "$X", "reference": {"known": false}}]
	deny := image_registry.deny with input as {"containers": containers}
		with data.parameters as {"kubernetes": {"image_registry": lists}}
}

test_lists if {
	found({"allowed": [], "denied": []}) == set()
	found({"allowed": ["registry.example"], "denied": []}) == {0, 2}
	found({"allowed": ["registry.example/team/*"], "denied": []}) == {0, 2}
	found({"allowed": [], "denied": ["docker.io"]}) == {0, 2}
	found({"allowed": ["*"], "denied": ["docker.io"]}) == {0, 2}
}
