package policies.rust_toolchain.prerelease_test

import data.policies.rust_toolchain.prerelease

findings(kind, release, channel) := found if {
	found := prerelease.deny with input as {"kind": kind, "release": release, "channel": channel}
}

test_nightly if {
	findings("dated", "nightly", "nightly-2025-01-01") == {{
		"at": ["channel"],
		"msg": "\"nightly-2025-01-01\" is a nightly toolchain, which gets no fixes",
	}}
}

test_beta if {
	count(findings("exact", "beta", "1.83.0-beta.2")) == 1
}

test_dated_stable if {
	count(findings("dated", "stable", "stable-2025-01-09")) == 0
}

# A moving channel is the matter of another rule.
test_moving_nightly if {
	count(findings("moving", "nightly", "nightly")) == 0
}
