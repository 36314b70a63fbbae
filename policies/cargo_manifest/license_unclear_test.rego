package policies.cargo_manifest.license_unclear_test

import data.policies.cargo_manifest.license_unclear

messages(state) := {finding.msg | some finding in found} if {
	found := license_unclear.deny with input as {"package": {"name": "codec", "licensing": {"state": state, "problem": "it is odd"}}}
}

test_unreadable if messages("unreadable") == {"the license of codec cannot be read: it is odd"}

test_empty if messages("empty") == {"the license of codec is empty"}

test_others if {
	messages("none") == set()
	messages("expression") == set()
	messages("file") == set()
}
