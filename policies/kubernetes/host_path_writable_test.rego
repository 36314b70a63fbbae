package policies.kubernetes.host_path_writable_test

import data.policies.kubernetes.host_path_writable

found(mount, volume) := count(deny) if {
	mounts := [object.union({"volume": 0, "read_only": false}, mount)]
	volumes := [object.union({"owns": "x", "socket": false, "host_path": "/etc"}, volume)]
	deny := host_path_writable.deny with input as {"pods": [{"volumes": volumes}], "containers": [{"name": "a", "pod": 0, "mounts": mounts}]}
}

test_writable if {
	found({}, {}) == 1
	found({"read_only": true}, {}) == 0
	found({"volume": -1}, {}) == 0
	found({}, {"owns": ""}) == 0
	found({}, {"socket": true}) == 0
}
