package policies.kubernetes.service_load_balancer_test

import data.policies.kubernetes.service_load_balancer

found(service) := count(deny) if {
	deny := service_load_balancer.deny with input as {"services": [object.union({"type": "LoadBalancer", "source_ranges": [], "internal": false}, service)]}
}

test_balancer if {
	found({}) == 1
	found({"type": "NodePort"}) == 0
	found({"source_ranges": ["192.0.2.0/24"]}) == 0
	found({"internal": true}) == 0
}
