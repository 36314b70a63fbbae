package policies.project.crate_feature_test

import data.policies.project.crate_feature

documents := {
	"cargo_manifest": [{"dependencies": [{
		"package": "reqwest", "kind": "normal", "features": ["json"],
		"default_features": true,
	}]}],
	"cargo_metadata": [{"resolved": true, "packages": [{"name": "ring", "member": false, "features": ["alloc"]}]}],
}

messages(settings) := {finding.msg | some finding in found} if {
	found := crate_feature.deny with input as documents
		with data.parameters.project.crate_feature as object.union({"deny": {}, "allow": {}, "require": {}}, settings)
}

test_nothing_configured if messages({}) == set()

test_banned if {
	messages({"deny": {"reqwest": ["json"]}}) == {"reqwest has the feature \"json\", which is banned"}
	messages({"deny": {"reqwest": ["default", "gzip"]}}) == {"reqwest has the feature \"default\", which is banned"}
	messages({"deny": {"ring": ["alloc"]}}) == {"ring has the feature \"alloc\", which is banned"}
}

test_allowed if {
	messages({"allow": {"reqwest": ["json", "default"]}}) == set()
	messages({"allow": {"reqwest": ["json"]}}) == {"reqwest has the feature \"default\", which is not among the allowed ones"}
}

test_required if {
	messages({"require": {"ring": ["std"], "reqwest": ["std"]}}) == {"ring lacks the feature \"std\", which it must have"}
}
