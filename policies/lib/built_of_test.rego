package policies.lib.built_of_test

import data.policies.lib.built_of

documents := {
	"cargo_metadata": [{"packages": [{"name": "app", "member": true}, {
		"name": "codec", "version": "1.0.0", "license": {"state": "none"}, "build_script": true, "proc_macro": false,
		"features": ["std"], "publish": true, "member": false, "source": "x",
	}]}],
	"cargo_manifest": [
		{"package": {
			"present": true, "name": "app", "version": {"value": "2.0.0"}, "licensing": {"state": "file"},
			"build_script": "", "proc_macro": true, "vendored": false, "publish": false,
		}},
		{"package": {"present": false}},
	],
	"cargo_lock": [{"packages": [{"name": "codec", "version": "0.9.0"}, {"name": "codec", "version": "1.0.0", "pulled": [3]}]}],
}

test_packages if {
	built_of.packages(documents) == [
		{
			"name": "codec", "version": "1.0.0", "license": {"state": "none"}, "build_script": true, "proc_macro": false,
			"features": ["std"], "publish": true, "own": false, "at": ["cargo_metadata", 0, "packages", 1],
		},
		{
			"name": "app", "version": "2.0.0", "license": {"state": "file"}, "build_script": false, "proc_macro": true,
			"features": [], "publish": false, "own": true, "at": ["cargo_manifest", 0, "package"],
		},
	]
}

test_related if {
	built_of.related(documents, {"name": "codec", "version": "1.0.0"}) == [
		["cargo_lock", 0, "packages", 1], ["cargo_lock", 0, "requirements", 3],
	]
}

test_listed if {
	built_of.listed({"name": "codec", "version": "1.0.0"}, ["other", "codec@1"])
	not built_of.listed({"name": "codec", "version": "1.0.0"}, ["codec@2"])
}
