package policies.compose.no_new_privileges_test

import data.policies.compose.no_new_privileges

found(partial, option) := msgs if {
	services := [{"name": "web", "partial": partial, "security": {"no_new_privileges": option}}]
	msgs := {f.msg | some f in no_new_privileges.deny} with input as {"services": services}
}

test_absent if {
	found(false, {"set": false, "on": false, "value": ""}) == {"service \"web\" can gain privileges: no-new-privileges is not set"}
}

test_false if {
	msgs := {"service \"web\" can gain privileges: no-new-privileges is \"no-new-privileges:false\""}
	found(true, {"set": true, "on": false, "value": "no-new-privileges:false"}) == msgs
}

test_quiet if {
	count(found(false, {"set": true, "on": true, "value": "no-new-privileges"})) == 0
	count(found(true, {"set": false, "on": false, "value": ""})) == 0
}
