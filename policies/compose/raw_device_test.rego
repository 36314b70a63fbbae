package policies.compose.raw_device_test

import data.policies.compose.raw_device

found(devices, rules) := msgs if {
	services := [{"name": "web", "devices": devices, "device_rules": rules}]
	msgs := {f.msg | some f in raw_device.deny} with input as {"services": services}
}

test_disk if {
	found([{"name": "/dev/sda", "class": "disk"}], []) == {"service \"web\" gets a disk of its host: /dev/sda"}
}

test_rules if {
	found([], [{"name": "a *:* rwm"}]) == {"service \"web\" may use all devices, or all disks, of its host: \"a *:* rwm\""}
	count(found([], [{"name": "b 8:* rmw"}, {"name": "c *:* rmw"}])) == 2
}

test_quiet if {
	count(found([{"name": "/dev/ttyUSB0", "class": ""}], [{"name": "c 81:* rmw"}])) == 0
}
