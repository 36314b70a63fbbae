package policies.dockerfile.add_unverified_test

import data.policies.dockerfile.add_unverified

found(sources) := f if {
	f := add_unverified.deny with input as {"stages": [{"copies": [{"unverified": sources}]}]}
}

test_url if {
	found(["https://example.com/a"]) == {{
		"at": ["stages", 0, "copies", 0],
		"msg": "ADD fetches https://example.com/a without a checksum",
	}}
}

test_verified if found([]) == set()
