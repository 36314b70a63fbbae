package policies.compose.hook_privileged_test

import data.policies.compose.hook_privileged

found(on) := msgs if {
	services := [{"name": "web", "hooks": [{"name": "post_start", "privileged": {"on": on}}]}]
	msgs := {f.msg | some f in hook_privileged.deny} with input as {"services": services}
}

test_privileged if {
	found(true) == {"service \"web\" runs a privileged command at post_start"}
}

test_confined if {
	count(found(false)) == 0
}
