package policies.kubernetes.scc_privileged_test

import data.policies.kubernetes.scc_privileged

test_privileged if {
	count(scc_privileged.deny) == 1 with input as {"kind": "SecurityContextConstraints", "object": {"allowPrivilegedContainer": true}}
	count(scc_privileged.deny) == 0 with input as {"kind": "SecurityContextConstraints", "object": {}}
	count(scc_privileged.deny) == 0 with input as {"kind": "Pod", "object": {}}
}
