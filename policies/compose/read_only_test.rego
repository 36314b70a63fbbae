package policies.compose.read_only_test

import data.policies.compose.read_only

service(partial, switch) := {"name": "web", "partial": partial, "read_only": switch}

found(partial, switch) := msgs if {
	msgs := {f.msg | some f in read_only.deny} with input as {"services": [service(partial, switch)]}
}

test_absent if {
	found(false, {"set": false, "on": false, "value": ""}) == {"service \"web\" can write to its root file system: read_only is not set"}
}

test_false if {
	found(true, {"set": true, "on": false, "value": "false"}) == {"service \"web\" can write to its root file system: read_only is \"false\""}
}

test_read_only if {
	count(found(false, {"set": true, "on": true, "value": "true"})) == 0
}

test_absent_in_overlay if {
	count(found(true, {"set": false, "on": false, "value": ""})) == 0
}
