package policies.compose.host_device_test

import data.policies.compose.host_device

found(class) := msgs if {
	services := [{"name": "web", "devices": [{"name": "/dev/kvm", "permissions": "rwm", "class": class}]}]
	msgs := {f.msg | some f in host_device.deny} with input as {"services": services}
}

test_device if {
	found("") == {"service \"web\" gets the device /dev/kvm of its host with the permissions rwm"}
}

test_others if {
	count(found("harmless")) == 0
	count(found("disk")) == 0
}
