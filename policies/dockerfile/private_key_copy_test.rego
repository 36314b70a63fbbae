package policies.dockerfile.private_key_copy_test

import data.policies.dockerfile.private_key_copy

findings(kind, below) := found if {
	copy := {"destination": "/root/.ssh/", "sensitive": [{"name": "id_rsa", "kind": kind}]}
	found := private_key_copy.deny with input as {"stages": [{"base_of_final": below, "copies": [copy]}]}
}

test_key if {
	msg := "id_rsa is a private key, and the image gets it as /root/.ssh/"
	findings("key", true) == {{"at": ["stages", 0, "copies", 0], "msg": msg}}
}

test_builder if count(findings("key", false)) == 0

test_other if count(findings("environment", true)) == 0
