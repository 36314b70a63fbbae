package policies.compose.hook_root_test

import data.policies.compose.hook_root

found(root) := msgs if {
	services := [{"name": "web", "hooks": [{"name": "pre_stop", "user": {"root": root}}]}]
	msgs := {f.msg | some f in hook_root.deny} with input as {"services": services}
}

test_root if {
	found(true) == {"service \"web\" runs a command as root at pre_stop"}
}

test_other if {
	count(found(false)) == 0
}
