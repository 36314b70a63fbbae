package policies.image.shell_or_manager_test

import data.policies.image.shell_or_manager

image(pretty) := {"files": {"shells": [{"name": "/bin/sh"}], "managers": [{"name": "/usr/bin/apt"}], "release": {"pretty": pretty}}}

msgs(pretty, allow) := found if {
	found := {f.msg | some f in shell_or_manager.deny} with input as image(pretty)
		with data.parameters.image.shell_or_manager.allow as allow
}

test_distroless if {
	msgs("Distroless", true) == {"the image holds shells: /bin/sh", "the image holds package managers: /usr/bin/apt"}
}

test_not_allowed if count(msgs("Debian", false)) == 2

test_allowed if count(msgs("Debian", true)) == 0
