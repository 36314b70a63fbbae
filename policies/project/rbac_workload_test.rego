package policies.project.rbac_workload_test

import data.policies.project.rbac_workload

doc(rest) := object.union({"kind": "x", "name": "a", "namespace": "n", "roles": [], "bindings": [], "pods": []}, rest)

role(power) := doc({"roles": [{"cluster": true, "grants": [{"power": power, "what": "x"}]}]})

binding(cluster, namespace) := doc({"bindings": [{"cluster": cluster, "role": "a", "subjects": [{"kind": "ServiceAccount", "name": "sa", "namespace": namespace}]}]})

pod(flag) := doc({"pods": [{"service_account": "sa", "automount_token": flag}]})

unset := {"set": false, "value": false}

found(documents) := count(deny) if deny := rbac_workload.deny with input as {"kubernetes": documents}

test_takeover if {
	found([role("secrets"), binding(true, "n"), pod(unset)]) == 1
	found([role("wildcard"), binding(true, "n"), pod(unset)]) == 0
	found([role("secrets"), binding(false, "n"), pod(unset)]) == 0
	found([role("secrets"), binding(true, "m"), pod(unset)]) == 0
	found([role("secrets"), binding(true, "n"), pod({"set": true, "value": false})]) == 0
}
