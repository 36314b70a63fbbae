package policies.compose.healthcheck_test

import data.policies.compose.healthcheck

found(service) := msgs if {
	all := {"name": "web", "partial": false, "job": false, "build": {"set": false}, "healthcheck": {"set": false, "disabled": false}}
	msgs := {f.msg | some f in healthcheck.deny} with input as {"services": [object.union(all, service)]}
}

test_disabled if {
	found({"healthcheck": {"set": true, "disabled": true}}) == {"service \"web\" switches the health check off"}
}

test_missing if {
	found({}) == {"service \"web\" has no health check, and none of its image is known"}
}

test_quiet if {
	count(found({"healthcheck": {"set": true}})) == 0
	count(found({"partial": true})) == 0
	count(found({"build": {"set": true}})) == 0
	count(found({"job": true})) == 0
}
