package policies.systemd.environment_unexpanded_test

import data.policies.systemd.environment_unexpanded

test_variable if {
	environment_unexpanded.deny == {{
		"at": ["conduct", "unexpanded", 0],
		"msg": "DATA of a.service holds the text $HOME, which systemd does not expand",
	}} with input as {"name": "a.service", "conduct": {"unexpanded": [{"name": "DATA", "value": "$HOME/a", "because": "HOME"}]}}
}
