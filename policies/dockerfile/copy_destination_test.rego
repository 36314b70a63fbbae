package policies.dockerfile.copy_destination_test

import data.policies.dockerfile.copy_destination

found(sources, folder) := f if {
	f := copy_destination.deny with input as {"stages": [{"copies": [{
		"sources": sources,
		"destination": "/app",
		"folder": folder,
	}]}]}
}

test_no_slash if {
	found(["a", "b"], false) == {{
		"at": ["stages", 0, "copies", 0],
		"msg": "2 sources are copied to /app, which does not end with a slash",
	}}
}

test_slash if found(["a", "b"], true) == set()

test_one if found(["a"], false) == set()
