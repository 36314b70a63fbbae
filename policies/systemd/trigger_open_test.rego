package policies.systemd.trigger_open_test

import data.policies.systemd.trigger_open

unit(condition, type, root) := {
	"name": "a.service", "service": true, "identity": {"root": root},
	"activated_by": [{"name": "a.path", "type": type, "when": [condition]}],
}

test_open if {
	trigger_open.deny == {{
		"at": ["activated_by", 0],
		"msg": "everybody can start a.service, which runs as root: a.path has PathExists=/tmp/a",
	}} with input as unit("PathExists=/tmp/a", "path", true)
}

test_own_folder if count(trigger_open.deny) == 0 with input as unit("PathExists=/tmpfiles/a", "path", true)

test_other_user if count(trigger_open.deny) == 0 with input as unit("PathExists=/tmp/a", "path", false)

test_timer if count(trigger_open.deny) == 0 with input as unit("OnCalendar=/tmp/a", "timer", true)
