package policies.dockerfile.image_registry_test

import data.policies.dockerfile.image_registry

found(registry, allowed) := f if {
	f := image_registry.deny with input as {"images": [{
		"name": "app:1",
		"registry": registry,
		"repository": "team/app",
	}]}
		with data.parameters as {"dockerfile": {"image_registry": {"allowed": allowed}}}
}

test_elsewhere if {
	found("elsewhere.example", ["registry.example"]) == {{
		"at": ["images", 0],
		"msg": "the image app:1 comes from elsewhere.example, which is not among the allowed registries",
	}}
}

test_allowed if found("registry.example", ["other.example", "registry.example"]) == set()

test_below if found("eu.registry.example", ["*.registry.example"]) == set()

test_path if found("ghcr.io", ["ghcr.io/team/*"]) == set()

test_other_path if count(found("ghcr.io", ["ghcr.io/acme/*"])) == 1

test_everything if found("elsewhere.example", ["*"]) == set()

test_not_configured if found("elsewhere.example", []) == set()
