package policies.image.secret_metadata_test

import data.policies.image.secret_metadata

test_leak if {
	leak := {"name": "TOKEN", "where": "argument", "at": ["history", 0, "args", 0], "secret": {"reason": "name"}}
	found := secret_metadata.deny with input as {"leaks": [leak]}
	found == {{"at": ["history", 0, "args", 0], "msg": "argument TOKEN of the image holds a secret (name)"}}
}
