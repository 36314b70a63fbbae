package policies.compose.privileged_group_test

import data.policies.compose.privileged_group

found(group) := msgs if {
	services := [{"name": "web", "group_add": [{"name": group, "known": known(group)}]}]
	msgs := {f.msg | some f in privileged_group.deny} with input as {"services": services}
}

test_privileged if {
	found("docker") == {"service \"web\" joins the group docker"}
}

test_other if {
	count(found("20001")) == 0
}

test_unknown if {
	found("$GROUP") == {"service \"web\" joins a group that is not known from the files: \"$GROUP\""}
}

known("$GROUP") := false

known(group) if group != "$GROUP"
