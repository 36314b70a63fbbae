package policies.cargo_lock.checksum_missing_test

import data.policies.cargo_lock.checksum_missing

packages := [
	{"name": "ledger", "version": "1.0.0", "chain": "ledger"},
	{"name": "libc", "version": "0.2.71", "chain": "ledger > libc"},
]

test_missing if {
	found := checksum_missing.deny with input as {"unchecked": [1], "packages": packages}
	found == {{
		"at": ["packages", 1],
		"msg": "libc 0.2.71 comes from a registry and has no checksum (ledger > libc)",
	}}
}

test_present if {
	found := checksum_missing.deny with input as {"unchecked": [], "packages": packages}
	count(found) == 0
}
