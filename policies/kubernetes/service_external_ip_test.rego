package policies.kubernetes.service_external_ip_test

import data.policies.kubernetes.service_external_ip

test_address if {
	found := service_external_ip.deny with input as {"services": [{"external_ips": ["192.0.2.1", "192.0.2.2"]}]}
		with data.parameters as {"kubernetes": {"service_external_ip": {"allowed": ["192.0.2.1"]}}}
	{f.at[3] | some f in found} == {1}
}
