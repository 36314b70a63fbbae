package policies.dockerfile.secret_run_test

import data.policies.dockerfile.secret_run

secret := {"instruction": "run", "variable": "TOKEN", "masked": "ghp_****", "reason": "github-pat"}

findings(secrets) := found if {
	found := secret_run.deny with input as {"stages": [{"secrets": []}, {"secrets": secrets}]}
}

test_variable if {
	findings([secret]) == {{
		"at": ["stages", 1, "secrets", 0],
		"msg": "TOKEN in RUN holds a secret: ghp_**** (github-pat)",
	}}
}

test_text if {
	findings([object.union(secret, {"variable": "", "instruction": "cmd"})]) == {{
		"at": ["stages", 1, "secrets", 0],
		"msg": "CMD holds a secret: ghp_**** (github-pat)",
	}}
}

test_none if findings([]) == set()
