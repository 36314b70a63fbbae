package policies.compose.restart_unbounded_test

import data.policies.compose.restart_unbounded

found(condition, attempts) := msgs if {
	services := [{"name": "web", "restart": {"condition": condition, "attempts": attempts}}]
	msgs := {f.msg | some f in restart_unbounded.deny} with input as {"services": services}
}

test_unbounded if {
	found("on-failure", 0) == {"service \"web\" is restarted without bound when it fails"}
	found("on-failure", 50) == {"service \"web\" is restarted 50 times when it fails"}
}

test_quiet if {
	count(found("on-failure", 5)) == 0
	count(found("always", 0)) == 0
}
