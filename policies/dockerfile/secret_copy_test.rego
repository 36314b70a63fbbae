package policies.dockerfile.secret_copy_test

import data.policies.dockerfile.secret_copy

findings(kind, below) := found if {
	copy := {"destination": "/app/", "sensitive": [{"name": ".env", "kind": kind}]}
	found := secret_copy.deny with input as {"stages": [{"base_of_final": below, "copies": [copy]}]}
}

test_environment if {
	msg := ".env holds the settings and secrets of one place, and the image gets it as /app/"
	findings("environment", true) == {{"at": ["stages", 0, "copies", 0], "msg": msg}}
}

test_credentials if count(findings("credentials", true)) == 1

test_builder if count(findings("credentials", false)) == 0

test_key if count(findings("key", true)) == 0
