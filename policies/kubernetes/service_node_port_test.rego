package policies.kubernetes.service_node_port_test

import data.policies.kubernetes.service_node_port

test_type if {
	found := service_node_port.deny with input as {"services": [{"type": t} | some t in ["ClusterIP", "NodePort"]]}
	{f.at[1] | some f in found} == {1}
}
