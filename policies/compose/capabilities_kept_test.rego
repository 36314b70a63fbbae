package policies.compose.capabilities_kept_test

import data.policies.compose.capabilities_kept

found(service) := msgs if {
	all := object.union({"name": "web", "partial": false, "drops_all": false, "privileged": {"on": false}}, service)
	msgs := {f.msg | some f in capabilities_kept.deny} with input as {"services": [all]}
}

test_kept if {
	found({}) == {"service \"web\" does not drop all capabilities"}
}

test_quiet if {
	count(found({"drops_all": true})) == 0
	count(found({"partial": true})) == 0
	count(found({"privileged": {"on": true}})) == 0
}
