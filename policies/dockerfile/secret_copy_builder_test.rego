package policies.dockerfile.secret_copy_builder_test

import data.policies.dockerfile.secret_copy_builder

findings(kind, below) := found if {
	copy := {"destination": "/app/", "sensitive": [{"name": "id_rsa", "kind": kind}]}
	found := secret_copy_builder.deny with input as {"stages": [{"base_of_final": below, "copies": [copy]}]}
}

test_key if {
	msg := "id_rsa is a private key, and stays in a layer of the build stage"
	findings("key", false) == {{"at": ["stages", 0, "copies", 0], "msg": msg}}
}

test_final if count(findings("key", true)) == 0

test_history if count(findings("history", false)) == 0
