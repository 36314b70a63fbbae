package policies.kubernetes.service_external_name_test

import data.policies.kubernetes.service_external_name

test_place if {
	found := service_external_name.deny with input as {"services": [{"external_name": "x", "leads": l} | some l in ["", "metadata"]]}
	{f.msg | some f in found} == {"the service stands for x, which is the provider's metadata"}
}
