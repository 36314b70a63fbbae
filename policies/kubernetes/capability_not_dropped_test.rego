package policies.kubernetes.capability_not_dropped_test

import data.policies.kubernetes.capability_not_dropped

found(dropped, added, extra) := {array.slice(f.at, 3, 5) |
	settings := object.union({"patch": false, "windows": false, "exact": false, "except_windows": true}, extra)
	some f in capability_not_dropped.deny with input as {
		"patch": settings.patch,
		"pods": [{"windows": settings.windows}],
		"containers": [{"name": "web", "pod": 0, "security": {"dropped": dropped, "added": added}}],
	}
		with data.parameters as {"kubernetes": {"capability_not_dropped": {"exact": settings.exact, "except_windows": settings.except_windows}}}
}

test_kept if {
	found([], [], {}) == {["dropped"]}
	found(["NET_RAW"], [], {"patch": true}) == {["dropped"]}
	found([], [], {"windows": true, "except_windows": false}) == {["dropped"]}
	found(["ALL"], ["NET_BIND_SERVICE", "CHOWN"], {"exact": true}) == {["added", 1]}
}

test_dropped if {
	count(found(["ALL"], ["CHOWN"], {})) == 0
	count(found([], [], {"patch": true})) == 0
	count(found([], [], {"windows": true})) == 0
}
