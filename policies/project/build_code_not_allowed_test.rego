package policies.project.build_code_not_allowed_test

import data.policies.project.build_code_not_allowed

findings(change, settings) := found if {
	p := object.union(
		{
			"name": "codec", "version": "1.0.0", "member": false, "publish": true, "license": {},
			"features": [], "build_script": false, "proc_macro": false,
		},
		change,
	)
	found := build_code_not_allowed.deny with input as {
		"cargo_metadata": [{"packages": [p]}],
		"cargo_manifest": [], "cargo_lock": [],
	}
		with data.parameters.project.build_code_not_allowed as object.union({"build_scripts": [], "proc_macros": []}, settings)
}

test_build_script if {
	findings({"build_script": true}, {"build_scripts": ["ring"]}) == {{
		"at": ["cargo_metadata", 0, "packages", 0, "build_script"],
		"msg": "codec 1.0.0 runs a build script, and is not in build_scripts",
		"related": [],
		"properties": {"package": "codec", "version": "1.0.0"},
	}}
}

test_proc_macro if count(findings({"proc_macro": true}, {"proc_macros": ["serde_derive"]})) == 1

test_listed if count(findings({"build_script": true}, {"build_scripts": ["codec@1"]})) == 0

test_nothing_configured if count(findings({"build_script": true}, {})) == 0

test_own if count(findings({"build_script": true, "member": true}, {"build_scripts": ["ring"]})) == 0

test_neither if count(findings({}, {"build_scripts": ["ring"], "proc_macros": ["ring"]})) == 0
