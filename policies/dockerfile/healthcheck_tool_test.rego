package policies.dockerfile.healthcheck_tool_test

import data.policies.dockerfile.healthcheck_tool

findings(lacks, inherited) := found if {
	check := {"lacks": lacks, "command": {"inherited": inherited}}
	found := healthcheck_tool.deny with input as {"stages": [{"healthcheck": check, "system": {"image": "scratch"}}]}
}

test_tool if {
	msg := "the health check runs curl, which scratch does not have and nothing installs"
	findings("curl", false) == {{"at": ["stages", 0, "healthcheck"], "msg": msg}}
}

test_shell if {
	msg := "the health check runs a shell, which scratch does not have and nothing installs"
	findings("shell", false) == {{"at": ["stages", 0, "healthcheck"], "msg": msg}}
}

test_fine if count(findings("", false)) == 0

test_inherited if count(findings("curl", true)) == 0
