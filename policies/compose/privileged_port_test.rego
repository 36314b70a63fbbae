package policies.compose.privileged_port_test

import data.policies.compose.privileged_port

found(published, first) := msgs if {
	services := [{"name": "web", "ports": [{"published": published, "first": first}]}]
	msgs := {f.msg | some f in privileged_port.deny} with input as {"services": services}
}

test_privileged if {
	found("514", 514) == {"service \"web\" takes the privileged port 514 of its host"}
}

test_quiet if {
	count(found("443", 443)) == 0
	count(found("", 0)) == 0
	count(found("1024", 1024)) == 0
}
