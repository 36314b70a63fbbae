package policies.image.world_writable_test

import data.policies.image.world_writable

test_writable if {
	files := [{"name": "/a", "kind": "file", "mode": "0666"}, {"name": "/b", "kind": "folder", "mode": "0777"}]
	found := world_writable.deny with input as {"files": {"writable": files}}
		with data.parameters.image.world_writable.allow as ["/b"]
	found == {{"at": ["files", "writable", 0], "msg": "every account may write the file /a: its mode is 0666"}}
}
