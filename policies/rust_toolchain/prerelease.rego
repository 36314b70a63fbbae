# METADATA
# title: Toolchain is a nightly or a beta
# description: >-
#   The version is pinned, but it is one that gets no fixes: a release that is found to miscompile gets a
#   patch, a nightly never does. Nightlies also switch on features that later compilers refuse.
# related_resources:
#   - https://doc.rust-lang.org/book/appendix-07-nightly-rust.html
# custom:
#   severity: low
#   cwe: [1357]
#   remediation: Build what is deployed with a release of the stable channel, and keep nightlies for tools.
#   bad: |
#     [toolchain]
#     channel = "nightly-2025-01-01"
#   good: |
#     [toolchain]
#     channel = "1.82.0"
package policies.rust_toolchain.prerelease

deny contains {"at": ["channel"], "msg": msg} if {
	input.kind in {"dated", "exact"}
	input.release in {"nightly", "beta"}
	msg := sprintf("%q is a %s toolchain, which gets no fixes", [input.channel, input.release])
}
