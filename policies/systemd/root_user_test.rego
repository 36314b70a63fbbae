package policies.systemd.root_user_test

import data.policies.systemd.root_user

unit(user, root) := {"name": "a.service", "service": true, "identity": {"user": user, "root": root}}

test_unset if {
	root_user.deny == {{
		"at": ["identity", "user"],
		"msg": "a.service runs as root: neither User= nor DynamicUser= is set",
	}} with input as unit("", true)
}

test_root if {
	root_user.deny == {{
		"at": ["identity", "user"],
		"msg": "a.service runs as root: User= is \"root\"",
	}} with input as unit("root", true)
}

test_account if count(root_user.deny) == 0 with input as unit("app", false)

test_no_service if count(root_user.deny) == 0 with input as {"service": false, "identity": {"user": "", "root": true}}
