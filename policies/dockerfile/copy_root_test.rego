package policies.dockerfile.copy_root_test

import data.policies.dockerfile.copy_root

found(kind, copy) := f if {
	f := copy_root.deny with input as {"stages": [{"base": {"kind": kind, "repository": "library/debian"}, "copies": [copy]}]}
}

copy := {"from": "build", "stage": 0, "sources": ["/"], "destination": "/"}

test_root if found("image", copy) == {{"at": ["stages", 0, "copies", 0], "msg": "COPY takes the whole file system of build"}}

test_scratch if found("scratch", copy) == set()

test_context if found("image", object.union(copy, {"from": ""})) == set()

test_part if found("image", object.union(copy, {"sources": ["/app"]})) == set()

test_elsewhere if found("image", object.union(copy, {"destination": "/rootfs"})) == set()

test_overlay if {
	found("image", object.union(copy, {"from": "tonistiigi/xx:1.6.1", "stage": -1})) == set()
	base := {"kind": "image", "repository": "tonistiigi/xx"}
	count(copy_root.deny) == 0 with input as {"stages": [{"base": base, "copies": [copy]}]}
}
