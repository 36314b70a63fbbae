package policies.sbom.license_denied_test

import data.policies.sbom.license_denied

license(name, choices) := {"name": name, "known": true, "choices": choices, "count": 1, "examples": [{"name": "hyper", "at": 4}]}

found(l, parameters) := msgs if {
	deny := license_denied.deny with input as {"licenses": [l]}
		with data.parameters.sbom.license_denied as parameters
	msgs := {f.msg | some f in deny}
}

test_deny if {
	p := {"allow": [], "deny": ["AGPL-3.0-only"]}
	found(license("AGPL-3.0-only", [["AGPL-3.0-only"]]), p) == {"AGPL-3.0-only is not allowed: 1 packages, such as hyper"}
	count(found(license("both", [["AGPL-3.0-only", "MIT"]]), p)) == 1
	count(found(license("either", [["AGPL-3.0-only"], ["MIT"]]), p)) == 0
}

test_allow if {
	p := {"allow": ["MIT", "GPL-2.0-only"], "deny": []}
	count(found(license("MIT", [["MIT"]]), p)) == 0
	count(found(license("x", [["GPL-2.0-only WITH Classpath-exception-2.0"]]), p)) == 0
	count(found(license("Zlib", [["Zlib"]]), p)) == 1
}

test_nothing_said if count(found(license("Zlib", [["Zlib"]]), {"allow": [], "deny": []})) == 0

test_unreadable if {
	l := {"name": "", "known": false, "choices": [], "count": 2, "examples": [{"name": "hyper", "at": 4}]}
	found(l, {"allow": ["MIT"], "deny": []}) == {`whether the license is allowed cannot be told: "", 2 packages, such as hyper`}
	count(found(l, {"allow": [], "deny": ["X"]})) == 0
}
