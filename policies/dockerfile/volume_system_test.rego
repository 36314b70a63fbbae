package policies.dockerfile.volume_system_test

import data.policies.dockerfile.volume_system

found(path) := f if {
	f := volume_system.deny with input as {"stages": [{"volumes": [path]}]}
}

test_system if found("/proc") == {{"at": ["stages", 0, "volumes", 0], "msg": "the volume /proc is a part of /proc"}}

test_below if count(found("/dev/shm")) == 1

test_own if found("/process") == set()
