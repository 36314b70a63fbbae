package policies.dockerfile.expose_mapping_test

import data.policies.dockerfile.expose_mapping

found(mapping) := f if {
	f := expose_mapping.deny with input as {"stages": [{"expose": [{"name": "80:8080", "mapping": mapping}]}]}
}

test_mapping if {
	found(true) == {{"at": ["stages", 0, "expose", 0], "msg": "80:8080 maps a port of the host, which EXPOSE cannot do"}}
}

test_port if found(false) == set()
