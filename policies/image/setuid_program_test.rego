package policies.image.setuid_program_test

import data.policies.image.setuid_program

files := [
	{"name": "/usr/bin/su", "mode": "4755", "uid": 0, "common": true},
	{"name": "/opt/a", "mode": "4755", "uid": 0, "common": false},
	{"name": "/opt/b", "mode": "4755", "uid": 0, "common": false},
]

test_setuid if {
	found := setuid_program.deny with input as {"files": {"setuid": files}}
		with data.parameters.image.setuid_program.allow as ["/opt/b"]
	found == {{"at": ["files", "setuid", 1], "msg": "/opt/a has the mode 4755 and belongs to uid 0"}}
}
