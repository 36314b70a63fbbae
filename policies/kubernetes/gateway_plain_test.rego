package policies.kubernetes.gateway_plain_test

import data.policies.kubernetes.gateway_plain

test_plain if {
	plain := {"plain": true, "encrypted": false}
	tls := {"plain": false, "encrypted": true}
	count(gateway_plain.deny) == 1 with input as {"gateways": [plain]}
	count(gateway_plain.deny) == 0 with input as {"gateways": [plain, tls]}
}
