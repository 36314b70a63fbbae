package policies.kubernetes.secret_reference_env_test

import data.policies.kubernetes.secret_reference_env

test_variables if {
	env := [{"name": "A", "from": "value"}, {"name": "B", "from": "secretKeyRef"}]
	sources := [{"kind": "configMapRef", "name": "c"}, {"kind": "secretRef", "name": "s"}]
	found := secret_reference_env.deny with input as {"containers": [{"name": "a", "env": env, "env_from": sources}]}
	{[f.at[2], f.at[3]] | some f in found} == {["env", 1], ["env_from", 1]}
}
