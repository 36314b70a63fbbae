package policies.systemd.secret_env_test

import data.policies.systemd.secret_env

empty := {"environment": [], "overridden": [], "credentials": [], "environment_files": [], "exec": []}

leak := {"name": "TOKEN", "secret": {"found": true, "reason": "name", "masked": "abc****"}}

quiet := {"name": "PORT", "secret": {"found": false, "reason": "", "masked": ""}}

test_environment if {
	secret_env.deny == {{
		"at": ["environment", 1],
		"msg": "Environment= sets TOKEN to a secret: abc**** (name)",
	}} with input as object.union(empty, {"environment": [quiet, leak]})
}

test_overridden if {
	secret_env.deny == {{
		"at": ["overridden", 0],
		"msg": "TOKEN holds a secret that is replaced, and still in the file: abc**** (name)",
	}} with input as object.union(empty, {"overridden": [leak]})
}

test_credentials if {
	secret_env.deny == {{
		"at": ["credentials", 0],
		"msg": "SetCredential= holds the secret TOKEN: abc**** (name)",
	}} with input as object.union(empty, {"credentials": [leak]})
}

test_file if {
	file := {"file": "settings", "document": false, "variables": [leak]}
	secret_env.deny == {{
		"at": ["environment_files", 0, "variables", 0],
		"msg": "settings sets TOKEN to a secret: abc**** (name)",
	}} with input as object.union(empty, {"environment_files": [file]})
}

test_file_judged_elsewhere if {
	file := {"file": ".env", "document": true, "variables": [leak]}
	count(secret_env.deny) == 0 with input as object.union(empty, {"environment_files": [file]})
}

test_command if {
	command := {"name": "ExecStart", "secrets": [leak.secret]}
	secret_env.deny == {{
		"at": ["exec", 0, "secrets", 0],
		"msg": "the command line of ExecStart shows a secret: abc**** (name)",
	}} with input as object.union(empty, {"exec": [command]})
}

test_clean if count(secret_env.deny) == 0 with input as object.union(empty, {"environment": [quiet]})
