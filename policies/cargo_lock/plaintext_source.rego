# METADATA
# title: Locked packages come over an unencrypted connection
# description: >-
#   Whoever sits between the build and the server reads along and can answer in its place. A git source
#   has no checksum besides its commit, and the index of a registry has none at all.
# related_resources:
#   - https://doc.rust-lang.org/cargo/reference/registries.html
# custom:
#   severity: medium
#   cwe: [319, 494]
#   remediation: Name the source by https or ssh in the manifest and lock again.
#   bad: |
#     version = 4
#
#     [[package]]
#     name = "codec"
#     version = "0.3.0"
#     source = "git+http://git.example.com/codec#0f3a0b1c2d3e4f5061728394a5b6c7d8e9f00112"
#   good: |
#     version = 4
#
#     [[package]]
#     name = "codec"
#     version = "0.3.0"
#     source = "git+ssh://git@git.example.com/codec#0f3a0b1c2d3e4f5061728394a5b6c7d8e9f00112"
#
#     [[package]]
#     name = "libc"
#     version = "0.2.71"
#     source = "registry+https://github.com/rust-lang/crates.io-index"
#     checksum = "9457b06509d27052635f90d6466700c65095fdf75409b3fbdd903e988b886f49"
package policies.cargo_lock.plaintext_source

deny contains {"at": ["sources", text], "msg": msg} if {
	some text, source in input.sources
	source.plaintext
	msg := sprintf("packages come from %s, which is not encrypted", [source.url])
}
