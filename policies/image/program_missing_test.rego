package policies.image.program_missing_test

import data.policies.image.program_missing

msgs(program) := found if {
	found := {f.msg | some f in program_missing.deny} with input as {"user": {"value": "10001"}, "program": program}
}

test_missing if {
	program := {"known": true, "found": false, "executable": false, "name": "/a", "reason": "no file of the image is /a"}
	msgs(program) == {"the container starts \"/a\", and no file of the image is /a"}
}

test_not_executable if {
	program := {"known": true, "found": true, "executable": false, "name": "/a", "reason": "/a has the mode 0644"}
	msgs(program) == {"the user \"10001\" of the image may not run \"/a\": /a has the mode 0644"}
}

test_fine if {
	count(msgs({"known": true, "found": true, "executable": true})) == 0
	count(msgs({"known": false, "found": false, "executable": false})) == 0
}
