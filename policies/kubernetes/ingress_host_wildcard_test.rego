package policies.kubernetes.ingress_host_wildcard_test

import data.policies.kubernetes.ingress_host_wildcard

test_wild if {
	hosts := [{"name": "a", "wild": false}, {"name": "*.b", "wild": true}, {"name": "", "wild": true}]
	found := ingress_host_wildcard.deny with input as {"ingresses": [{"hosts": hosts}]}
	{f.msg | some f in found} == {"requests for *.b come here", "requests for any host come here"}
}
