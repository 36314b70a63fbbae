package policies.kubernetes.ingress_tls_test

import data.policies.kubernetes.ingress_tls

test_tls if {
	hosts := [{"name": "a", "encrypted": true}, {"name": "b", "encrypted": false}, {"name": "", "encrypted": false}]
	found := ingress_tls.deny with input as {"ingresses": [{"hosts": hosts}]}
	{f.msg | some f in found} == {"there is no certificate for b", "there is no certificate for requests for any host"}
}
