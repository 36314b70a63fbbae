# METADATA
# title: Locked crate is banned
# description: >-
#   Those who answer for the build have named crates that must not be in it: abandoned ones, such with a better
#   alternative, ones that link what is not wanted. Without a configured list, no crate is judged.
# related_resources:
#   - https://embarkstudios.github.io/cargo-deny/checks/bans/cfg.html
# custom:
#   severity: high
#   cwe: [1104, 1357]
#   equivalent: ["cargo-deny:bans/banned", "cargo-deny:bans/unmatched-wrapper"]
#   parameters:
#     crates:
#       description: Crates that must not be locked; "openssl", "windows-*", or with a requirement as in Cargo.toml, "time@<0.3".
#       default: []
#       example: ["openssl-sys@<0.9.100", time]
#     wrappers:
#       description: Crates through which alone a banned one may come, by its name, such as {openssl-sys = ["native-tls"]}.
#       default: {}
#       example: {time: [clock]}
#   remediation: Replace the crate, or the dependency that brings it along.
#   bad: |
#     version = 4
#     [[package]]
#     name = "app"
#     version = "1.0.0"
#     dependencies = ["openssl-sys"]
#     [[package]]
#     name = "openssl-sys"
#     version = "0.9.99"
#     source = "registry+https://github.com/rust-lang/crates.io-index"
#     checksum = "1111111111111111111111111111111111111111111111111111111111111111"
#   good: |
#     version = 4
#     [[package]]
#     name = "app"
#     version = "1.0.0"
#     dependencies = ["clock", "openssl-sys"]
#     [[package]]
#     name = "clock"
#     version = "1.0.0"
#     source = "registry+https://github.com/rust-lang/crates.io-index"
#     checksum = "1111111111111111111111111111111111111111111111111111111111111111"
#     dependencies = ["time"]
#     [[package]]
#     name = "openssl-sys"
#     version = "0.9.111"
#     source = "registry+https://github.com/rust-lang/crates.io-index"
#     checksum = "1111111111111111111111111111111111111111111111111111111111111111"
#     [[package]]
#     name = "time"
#     version = "0.3.0"
#     source = "registry+https://github.com/rust-lang/crates.io-index"
#     checksum = "1111111111111111111111111111111111111111111111111111111111111111"
package policies.cargo_lock.banned

import data.policies.lib.crate

settings := data.parameters.cargo_lock.banned

deny contains finding if {
	count(settings.crates) > 0
	some i, locked in input.packages
	some text in settings.crates
	crate.named(text, locked.name, locked.version)
	not wrapped(locked)
	finding := {
		"at": ["packages", i],
		"msg": sprintf("%s %s is banned as %q; it comes by %s", [locked.name, locked.version, text, locked.chain]),
		"related": [["requirements", r] | some r in locked.pulled],
		"properties": {"package": locked.name, "version": locked.version},
	}
}

# A crate that only its wrappers depend on is out of everybody else's reach.
wrapped(locked) if {
	wrappers := settings.wrappers[locked.name]
	count(locked.parents) > 0
	every parent in locked.parents {
		input.packages[parent].name in wrappers
	}
}
