package policies.systemd.secret_source_test

import data.policies.systemd.secret_source

test_source if {
	secret_source.deny == {{
		"at": ["conduct", "secret_sources", 0],
		"msg": "PassEnvironment= puts API_TOKEN into the environment of a.service",
	}} with input as {"name": "a.service", "conduct": {"secret_sources": [{"name": "PassEnvironment", "value": "API_TOKEN"}]}}
}
