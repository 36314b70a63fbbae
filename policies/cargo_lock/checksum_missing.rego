# METADATA
# title: Locked package has no checksum
# description: >-
#   The checksum is what holds a download to the code that was reviewed. Cargo writes one for every
#   package of a registry; where one is missing, somebody has removed it, and whatever the registry or
#   a mirror serves under that version is built.
# related_resources:
#   - https://doc.rust-lang.org/cargo/reference/registry-index.html
# custom:
#   severity: high
#   cwe: [353, 494]
#   remediation: Remove the package's entry and let cargo write it again, then read the difference.
#   bad: |
#     version = 4
#
#     [[package]]
#     name = "ledger"
#     version = "1.0.0"
#     dependencies = ["libc"]
#
#     [[package]]
#     name = "libc"
#     version = "0.2.71"
#     source = "registry+https://github.com/rust-lang/crates.io-index"
#   good: |
#     version = 4
#
#     [[package]]
#     name = "ledger"
#     version = "1.0.0"
#     dependencies = ["codec", "libc"]
#
#     [[package]]
#     name = "codec"
#     version = "0.3.0"
#     source = "git+https://github.com/example/codec#0f3a0b1c2d3e4f5061728394a5b6c7d8e9f00112"
#
#     [[package]]
#     name = "libc"
#     version = "0.2.71"
#     source = "registry+https://github.com/rust-lang/crates.io-index"
#     checksum = "9457b06509d27052635f90d6466700c65095fdf75409b3fbdd903e988b886f49"
package policies.cargo_lock.checksum_missing

deny contains {"at": ["packages", locked.at], "msg": msg} if {
	some locked in input.unchecked
	msg := sprintf("%s %s comes from a registry and has no checksum (%s)", [locked.name, locked.version, locked.chain])
}
