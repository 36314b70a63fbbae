package policies.cargo_lock.checksum_missing_test

import data.policies.cargo_lock.checksum_missing

test_missing if {
	found := checksum_missing.deny with input as {"unchecked": [{
		"name": "libc", "version": "0.2.71", "chain": "ledger > libc",
		"at": 1,
	}]}
	found == {{
		"at": ["packages", 1],
		"msg": "libc 0.2.71 comes from a registry and has no checksum (ledger > libc)",
	}}
}

test_present if {
	found := checksum_missing.deny with input as {"unchecked": []}
	count(found) == 0
}
