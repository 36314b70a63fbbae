package policies.project.network_policy_missing_test

import data.policies.project.network_policy_missing

workload := {"api_version": "apps/v1", "kind": "Deployment", "name": "a", "namespace": "n", "template": false, "patch": false, "network_policies": []}

pods(host) := {"pods": [{"labels": {"app": "a"}, "host_network": host}]}

policy(namespace, ingress) := object.union(workload, {"kind": "NetworkPolicy", "namespace": namespace, "pods": [], "network_policies": [{
	"ingress": ingress, "selector": {"everything": true},
}]})

found(documents) := deny if deny := network_policy_missing.deny with input as {"kubernetes": documents}

test_missing if {
	count(found([object.union(workload, pods(false))])) == 1
	count(found([object.union(workload, pods(true))])) == 0
	count(found([object.union(workload, pods(false)), policy("n", true)])) == 0
	count(found([object.union(workload, pods(false)), policy("", true)])) == 0
	count(found([object.union(workload, pods(false)), policy("m", true)])) == 1
	[f.related | some f in found([object.union(workload, pods(false)), policy("n", false)])] == [[["kubernetes", 1]]]
}

test_elsewhere if {
	cilium := object.union(workload, {"kind": "CiliumNetworkPolicy", "pods": []})
	calico := object.union(workload, {"api_version": "crd.projectcalico.org/v1", "pods": []})
	chart := object.union(workload, {"template": true, "pods": []})
	every other in [cilium, calico, chart] {
		count(found([object.union(workload, pods(false)), other])) == 0
	}
}
