package policies.cargo_metadata.license_unclear_test

import data.policies.cargo_metadata.license_unclear

findings(license, member) := found if {
	p := {"name": "codec", "version": "1.0.0", "member": member, "license": license}
	found := license_unclear.deny with input as {"packages": [p]}
}

test_none if {
	findings({"state": "none", "problem": ""}, false) == {{
		"at": ["packages", 0, "license"],
		"msg": "codec 1.0.0 names neither a license nor a file that holds one",
		"properties": {"package": "codec", "version": "1.0.0"},
	}}
}

test_unreadable if {
	some finding in findings({"state": "unreadable", "problem": "\"x\" is none"}, false)
	finding.msg == "codec 1.0.0 has a license that cannot be read: \"x\" is none"
}

test_member if count(findings({"state": "none", "problem": ""}, true)) == 0

test_file if count(findings({"state": "file", "problem": ""}, false)) == 0
