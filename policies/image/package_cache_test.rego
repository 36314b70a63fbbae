package policies.image.package_cache_test

import data.policies.image.package_cache

cache := {"name": "/c", "kind": "apt", "count": 2, "size": 4096, "layer": 0, "deleted": false}

msgs(c) := found if {
	found := {f.msg | some f in package_cache.deny} with input as {"files": {"caches": [c]}}
}

test_cache if {
	msgs(cache) == {"/c holds 2 files (4 KiB) of apt, in layer 1"}
	msgs(object.union(cache, {"deleted": true})) == {"/c holds 2 files (4 KiB) of apt, in layer 1, and a later layer deletes them in vain"}
}
