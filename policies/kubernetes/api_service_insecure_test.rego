package policies.kubernetes.api_service_insecure_test

import data.policies.kubernetes.api_service_insecure

test_insecure if {
	count(api_service_insecure.deny) == 1 with input as {"kind": "APIService", "name": "a", "object": {"spec": {"insecureSkipTLSVerify": true}}}
	count(api_service_insecure.deny) == 0 with input as {"kind": "APIService", "name": "a", "object": {"spec": {"insecureSkipTLSVerify": false}}}
	count(api_service_insecure.deny) == 0 with input as {"kind": "Pod", "object": {}}
}
