package policies.rust_toolchain.overridden_test

import data.policies.rust_toolchain.overridden

test_two_files if {
	found := overridden.deny with input as {"overridden_by": "rust-toolchain"}
	found == {{"at": ["channel"], "msg": "rustup reads rust-toolchain instead of this file"}}
}

test_one_file if {
	found := overridden.deny with input as {"overridden_by": ""}
	count(found) == 0
}
