package policies.cargo_manifest.rust_version_test

import data.policies.cargo_manifest.rust_version

package_of(change) := object.union(
	{
		"present": true, "name": "ledger", "publish": false, "fuzz": false, "binaries": ["ledger"],
		"rust_version": {"value": "", "inherited": false, "unresolved": false},
	},
	change,
)

findings(change) := found if found := rust_version.deny with input as {"package": package_of(change)}

test_program if {
	findings({}) == {{"at": ["package", "rust_version"], "msg": "package \"ledger\" has no rust-version"}}
}

test_published_library if {
	count(findings({"binaries": [], "publish": true})) == 1
}

test_unresolved if {
	findings({"rust_version": {"inherited": true, "unresolved": true}}) == {{
		"at": ["package", "rust_version"],
		"msg": "package \"ledger\" inherits a rust-version that no workspace here sets",
	}}
}

test_set if {
	count(findings({"rust_version": {"value": "1.82"}})) == 0
}

test_inner_library if {
	count(findings({"binaries": []})) == 0
}

test_fuzz_targets if {
	count(findings({"fuzz": true})) == 0
}

test_workspace_alone if {
	count(findings({"present": false})) == 0
}
