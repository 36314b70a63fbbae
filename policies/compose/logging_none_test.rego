package policies.compose.logging_none_test

import data.policies.compose.logging_none

found(service) := msgs if {
	msgs := {f.msg | some f in logging_none.deny} with input as {"services": [object.union({"name": "web"}, service)]}
}

test_found if {
	found({"log_driver": "none"}) == {"service \"web\" keeps no logs: its logging driver is none"}
}

test_quiet if {
	count(found({"log_driver": "json-file"})) == 0
}
