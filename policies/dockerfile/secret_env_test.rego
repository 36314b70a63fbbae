package policies.dockerfile.secret_env_test

import data.policies.dockerfile.secret_env

messages(variable) := {f.msg |
	some f in secret_env.deny with input as {"stages": [{"env": []}, {"env": [variable]}]}
	f.at == ["stages", 1, "env", 0]
}

test_value if {
	variable := {"name": "TOKEN", "leak": "value", "secret": {"masked": "ghp_****", "reason": "github-pat"}}
	messages(variable) == {"TOKEN holds a secret: ghp_**** (github-pat)"}
}

test_argument if {
	messages({"name": "TOKEN", "leak": "argument", "args": ["TOKEN"]}) == {"TOKEN keeps the build argument TOKEN in the image"}
}

test_none if messages({"name": "TOKEN_URL", "leak": ""}) == set()
