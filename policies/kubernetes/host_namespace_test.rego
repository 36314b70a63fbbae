package policies.kubernetes.host_namespace_test

import data.policies.kubernetes.host_namespace

pod(network, pid, ipc) := {"host_network": network, "host_pid": pid, "host_ipc": ipc}

test_shared if {
	found := host_namespace.deny with input as {"pods": [pod(false, false, false), pod(true, false, true)]}
	{f.at | some f in found} == {["pods", 1, "host_network"], ["pods", 1, "host_ipc"]}
}

test_own if {
	found := host_namespace.deny with input as {"pods": [pod(false, false, false)]}
	count(found) == 0
}
