package policies.dockerfile.label_value_test

import data.policies.dockerfile.label_value

label := {"name": "created", "value": "now", "known": true, "formats": ["semver"]}

found(other, format) := f if {
	f := label_value.deny with input as {"stages": [{"labelled": [object.union(label, other)]}]}
		with data.parameters as {"dockerfile": {"label_value": {"formats": {"created": format}}}}
}

test_wrong if {
	found({}, "rfc3339") == {{
		"at": ["stages", 0, "labelled", 0],
		"msg": "the label created has the value \"now\", which is no rfc3339",
	}}
}

test_right if found({}, "semver") == set()

test_text if found({}, "text") == set()

test_empty if count(found({"value": ""}, "text")) == 1

test_unknown if found({"known": false}, "url") == set()

test_other if found({"name": "other"}, "url") == set()
