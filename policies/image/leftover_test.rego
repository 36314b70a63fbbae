package policies.image.leftover_test

import data.policies.image.leftover

test_leftover if {
	left := {"name": "/app/Dockerfile", "kind": "build", "count": 1, "size": 10, "deleted": false}
	found := leftover.deny with input as {"files": {"leftovers": [left, object.union(left, {"deleted": true})]}}
	found == {{"at": ["files", "leftovers", 0], "msg": "/app/Dockerfile (build, 1 files, 1 KiB) is in the image"}}
}
