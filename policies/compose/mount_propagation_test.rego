package policies.compose.mount_propagation_test

import data.policies.compose.mount_propagation

found(propagation) := msgs if {
	services := [{"name": "web", "host_mounts": [{"name": "/mnt", "propagation": propagation}]}]
	msgs := {f.msg | some f in mount_propagation.deny} with input as {"services": services}
}

test_shared if {
	found("rshared") == {"service \"web\" spreads mounts under /mnt to its host: propagation is rshared"}
}

test_private if {
	count(found("")) == 0
	count(found("rslave")) == 0
}
