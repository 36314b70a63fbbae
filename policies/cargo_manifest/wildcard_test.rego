package policies.cargo_manifest.wildcard_test

import data.policies.cargo_manifest.wildcard

serde := {"name": "json", "package": "serde", "kind": "normal", "source": "registry", "inherited": false, "req": "*"}

findings(change) := found if {
	found := wildcard.deny with input as {"dependencies": [object.union(serde, change)]}
}

test_any if {
	findings({}) == {{
		"at": ["dependencies", 0, "req"],
		"msg": "json takes any version",
		"properties": {"package": "serde"},
	}}
}

test_none_named if {
	some finding in findings({"req": ""})
	finding.msg == "json takes any version, since none is named"
}

test_version if count(findings({"req": "1.*"})) == 0

test_path if count(findings({"req": "", "source": "path"})) == 0

test_inherited if count(findings({"inherited": true})) == 0

test_replaced if count(findings({"req": "", "kind": "replace"})) == 0
