package policies.dockerfile.shell_in_image_test

import data.policies.dockerfile.shell_in_image

findings(on, known, shell, manager) := found if {
	system := {"known": known, "shell": shell, "package_manager": manager, "image": "base"}
	found := shell_in_image.deny with input as {"final": 0, "stages": [{"system": system}]}
		with data.parameters as {"dockerfile": {"shell_in_image": {"distroless": on}}}
}

test_both if {
	msg := "the final stage is built on base, which has a shell and apt"
	findings(true, true, "present", "apt") == {{"at": ["stages", 0, "base"], "msg": msg}}
}

test_shell if count(findings(true, true, "present", "none")) == 1

test_neither if count(findings(true, true, "absent", "none")) == 0

test_unknown if count(findings(true, false, "unknown", "")) == 0

test_off if count(findings(false, true, "present", "apt")) == 0
