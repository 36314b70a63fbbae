package policies.kubernetes.shared_processes_test

import data.policies.kubernetes.shared_processes

test_shared if {
	found := shared_processes.deny with input as {"pods": [{"shared_processes": false}, {"shared_processes": true}]}
	{f.at[1] | some f in found} == {1}
}
