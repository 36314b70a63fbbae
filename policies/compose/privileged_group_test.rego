package policies.compose.privileged_group_test

import data.policies.compose.privileged_group

found(group) := msgs if {
	services := [{"name": "web", "group_add": [{"name": group}]}]
	msgs := {f.msg | some f in privileged_group.deny} with input as {"services": services}
}

test_privileged if {
	found("docker") == {"service \"web\" joins the group docker"}
}

test_other if {
	count(found("20001")) == 0
}
