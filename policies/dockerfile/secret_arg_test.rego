package policies.dockerfile.secret_arg_test

import data.policies.dockerfile.secret_arg

value := {"name": "TOKEN", "leak": "value", "secret": {"masked": "ghp_****", "reason": "github-pat"}}

name := {"name": "NPM_TOKEN", "leak": "name"}

harmless := {"name": "VERSION", "leak": ""}

findings(arguments, stage) := found if {
	found := secret_arg.deny with input as {"args": arguments, "stages": [{"args": stage}]}
}

test_before_from if {
	findings([harmless, value], []) == {{"at": ["args", 1], "msg": "the default of TOKEN is a secret: ghp_**** (github-pat)"}}
}

test_in_stage if {
	findings([], [name]) == {{"at": ["stages", 0, "args", 0], "msg": "NPM_TOKEN passes a secret as a build argument"}}
}

test_harmless if findings([harmless], [harmless]) == set()
