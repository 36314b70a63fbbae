package policies.sbom.license_unknown_test

import data.policies.sbom.license_unknown

found(name, known) := msgs if {
	deny := license_unknown.deny with input as {"licenses": [{"name": name, "known": known, "count": 1, "examples": [{"name": "hyper 1.6.0", "at": 4}]}]}
	msgs := {f.msg | some f in deny}
}

test_bad if {
	found("", false) == {"no license is given: 1 packages, such as hyper 1.6.0"}
	found("free", false) == {`"free" is not an SPDX license expression: 1 packages, such as hyper 1.6.0`}
}

test_catalogued if {
	deny := license_unknown.deny with input as {"catalogued": true, "licenses": [{"name": "", "known": false, "count": 1, "examples": []}]}
	count(deny) == 0
}

test_good if count(found("MIT", true)) == 0
