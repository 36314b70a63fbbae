package policies.lib.rust_test

import data.policies.lib.rust

conflicts := [
	["1.82.0", "1.83.0"], ["1.82", "1.83.1"], ["1.82.0", "1.82.1"],
	["nightly", "1.82.0"], ["1.82.0", "nightly-2024-10-17"], ["beta", "nightly"], ["stable", "nightly"],
	["nightly-2024-10-17", "nightly-2024-10-18"], ["nightly-2024-10-17", "stable"],
]

test_conflict if {
	every pair in conflicts {
		rust.conflict(pair[0], pair[1])
		rust.conflict(pair[1], pair[0])
	}
}

agreements := [
	["1.82.0", "1.82.0"], ["1.82", "1.82.0"], ["1", "1.82.0"], ["stable", "1.82.0"], ["stable", "stable"],
	["nightly-2024-10-17", "nightly-2024-10-17-x86_64-unknown-linux-gnu"], ["nightly", "nightly-2024-10-17"],
	["1.82.0-x86_64-unknown-linux-musl", "1.82.0"], ["custom", "1.82.0"], ["", "1.82.0"],
]

test_agreement if {
	every pair in agreements {
		not rust.conflict(pair[0], pair[1])
		not rust.conflict(pair[1], pair[0])
	}
}

test_older if {
	rust.older("1.81.0", "1.82")
	rust.older("1.81.0", "1.81.1")
	rust.older("1.81", "2.0")
	not rust.older("1.82.0", "1.82")
	not rust.older("1.82", "1.82.1")
	not rust.older("1.83.0", "1.82.1")
	not rust.older("2.0.0", "1.82.1")
	not rust.older("nightly", "1.82")
}
