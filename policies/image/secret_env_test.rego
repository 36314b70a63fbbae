package policies.image.secret_env_test

import data.policies.image.secret_env

test_secret if {
	variables := [{"name": "PATH", "secret": {"found": false}}, {"name": "TOKEN", "secret": {"found": true}}]
	found := secret_env.deny with input as {"env": variables}
	found == {{"at": ["env", 1], "msg": "the image sets the secret TOKEN in its environment"}}
}
