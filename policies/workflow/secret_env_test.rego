package policies.workflow.secret_env_test

import data.policies.workflow.secret_env

findings(secrets) := found if found := secret_env.deny with input as {"secrets": secrets}

test_secret if {
	findings([{"name": "jobs.deploy.env.DEPLOY_PASSWORD", "masked": "Tr0****", "reason": "name"}]) == {{
		"at": ["secrets", 0],
		"msg": "jobs.deploy.env.DEPLOY_PASSWORD holds a secret: Tr0**** (name)",
	}}
}

test_none if count(findings([])) == 0
