package policies.dockerfile.pipe_unguarded_test

import data.policies.dockerfile.pipe_unguarded

findings(commands) := found if {
	found := pipe_unguarded.deny with input as {"stages": [{"runs": [{"commands": commands}]}]}
}

test_first if {
	findings([{"program": "ls", "unguarded": false}, {"program": "curl", "unguarded": true}, {"program": "wget", "unguarded": true}]) == {{
		"at": ["stages", 0, "runs", 0, "commands", 1],
		"msg": "a failure of curl before the pipe goes unseen",
	}}
}

test_guarded if findings([{"program": "curl", "unguarded": false}]) == set()

test_harmless if findings([{"program": "echo", "unguarded": true}]) == set()
