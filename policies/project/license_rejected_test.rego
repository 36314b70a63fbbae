package policies.project.license_rejected_test

import data.policies.project.license_rejected

nothing := {"allow": [], "deny": [], "exceptions": {}, "clarify": {}}

metadata(license, change) := {
	"cargo_metadata": [{"packages": [object.union(
		{
			"name": "codec", "version": "1.0.0", "member": false, "publish": true, "build_script": false, "proc_macro": false,
			"features": [], "license": object.union({"text": "", "file": "", "alternatives": []}, license),
		},
		change,
	)]}],
	"cargo_manifest": [], "cargo_lock": [],
}

findings(license, change, settings) := found if {
	found := license_rejected.deny with input as metadata(license, change)
		with data.parameters.project.license_rejected as object.union(nothing, settings)
}

dual := {"text": "GPL-3.0-only OR MIT", "alternatives": [["GPL-3.0-only"], ["MIT"]]}

both := {"text": "GPL-3.0-only AND MIT", "alternatives": [["GPL-3.0-only", "MIT"]]}

test_nothing_configured if count(findings(both, {}, {})) == 0

test_rejected if {
	findings(both, {}, {"allow": ["MIT"]}) == {{
		"at": ["cargo_metadata", 0, "packages", 0, "license"],
		"msg": "codec 1.0.0 is under \"GPL-3.0-only AND MIT\", which is not accepted",
		"related": [],
		"properties": {"package": "codec", "version": "1.0.0", "license": "GPL-3.0-only AND MIT"},
	}}
}

test_alternative if count(findings(dual, {}, {"allow": ["MIT"]})) == 0

test_denied if {
	count(findings(dual, {}, {"deny": ["GPL-3.0-only"]})) == 0
	count(findings(both, {}, {"deny": ["GPL-3.0-only"]})) == 1
}

test_exception if {
	count(findings(both, {}, {"allow": ["MIT"], "exceptions": {"codec@1": ["GPL-3.0-only"]}})) == 0
	count(findings(both, {}, {"allow": ["MIT"], "exceptions": {"codec@2": ["GPL-3.0-only"]}})) == 1
}

test_file if {
	some finding in findings({"file": "LICENSE"}, {}, {"allow": ["MIT"]})
	finding.msg == "codec 1.0.0 is under the license in LICENSE, which is not accepted"
}

test_none if {
	some finding in findings({}, {}, {"allow": ["MIT"]})
	finding.msg == "codec 1.0.0 is under no license that it names, which is not accepted"
}

test_clarified if count(findings({"file": "LICENSE"}, {}, {"allow": ["MIT"], "clarify": {"codec": ["MIT"]}})) == 0

test_member if count(findings(both, {"member": true}, {"allow": ["MIT"]})) == 0

own(publish) := found if {
	manifest := {"package": {
		"present": true, "name": "app", "version": {"value": "1.0.0"}, "licensing": object.union({"file": ""}, both),
		"build_script": "", "proc_macro": false, "vendored": false, "publish": publish,
	}}
	found := license_rejected.deny with input as {"cargo_metadata": [], "cargo_manifest": [manifest], "cargo_lock": []}
		with data.parameters.project.license_rejected as object.union(nothing, {"allow": ["MIT"]})
}

test_own if {
	count(own(true)) == 1
	count(own(false)) == 0
}
