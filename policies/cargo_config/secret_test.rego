package policies.cargo_config.secret_test

import data.policies.cargo_config.secret

test_token if {
	found := secret.deny with input as {"secrets": [{"name": "registries.acme.token", "masked": "q8Zr****"}]}
	found == {{"at": ["secrets", 0], "msg": "registries.acme.token holds a secret (q8Zr****)"}}
}

test_none if {
	found := secret.deny with input as {"secrets": []}
	count(found) == 0
}
