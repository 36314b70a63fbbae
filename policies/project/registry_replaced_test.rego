package policies.project.registry_replaced_test

import data.policies.project.registry_replaced

configs(location, change) := [
	object.union({"overridden_by": "", "sources": [{"name": "crates-io", "replace_with": "mirror", "kind": "", "location": ""}], "registries": []}, change),
	{"overridden_by": "", "sources": [{"name": "mirror", "replace_with": "", "kind": "registry", "location": location}], "registries": []},
]

findings(location, change, allow) := found if {
	found := registry_replaced.deny with input as {"cargo_config": configs(location, change)}
		with data.parameters.project.registry_replaced.allow as allow
}

test_unknown if {
	findings("sparse+https://elsewhere.example/index/", {}, ["mirror.acme.example/*"]) == {{
		"at": ["cargo_config", 0, "sources", 0, "replace_with"],
		"msg": "crates-io is replaced by mirror, which is sparse+https://elsewhere.example/index/ and not known",
		"properties": {"source": "sparse+https://elsewhere.example/index/"},
	}}
}

test_registry if {
	registries := [{"name": "acme", "index": "https://git.elsewhere.example/index"}, {"name": "none", "index": ""}]
	sources := [{"name": "crates-io", "replace_with": "acme", "kind": "", "location": ""}]
	count(findings("sparse+https://index.crates.io/", {"registries": registries, "sources": sources}, [])) == 1
}

test_known if {
	count(findings("sparse+https://elsewhere.example/index/", {}, ["elsewhere.example/*"])) == 0
	count(findings("https://ci:x@elsewhere.example/index", {}, ["elsewhere.example/index"])) == 0
	count(findings("sparse+https://index.crates.io/", {}, [])) == 0
}

test_overridden if count(findings("sparse+https://elsewhere.example/index/", {"overridden_by": ".cargo/config"}, [])) == 0
