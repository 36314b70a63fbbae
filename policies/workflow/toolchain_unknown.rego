# METADATA
# title: Toolchain of a workflow cannot be told
# description: >-
#   The toolchain comes from an input, a variable or a step, so nobody who reads the repository can say
#   which compiler builds it.
# related_resources:
#   - https://rust-lang.github.io/rustup/concepts/toolchains.html
# custom:
#   severity: low
#   cwe: [1357]
#   remediation: Write the toolchain into the workflow, or leave it to rust-toolchain.toml.
#   bad: |
#     on: push
#     jobs:
#       build:
#         runs-on: ubuntu-24.04
#         steps:
#           - uses: dtolnay/rust-toolchain@master
#             with:
#               toolchain: ${{ vars.RUST }}
#           - run: cargo build --release --locked
#   good: |
#     on: push
#     env:
#       RUST: 1.82.0
#     jobs:
#       build:
#         runs-on: ubuntu-24.04
#         steps:
#           - uses: dtolnay/rust-toolchain@master
#             with:
#               toolchain: ${{ env.RUST }}
#           - uses: actions-rust-lang/setup-rust-toolchain@v1
#           - run: cargo build --release --locked
package policies.workflow.toolchain_unknown

deny contains {"at": ["toolchains", i], "msg": msg} if {
	some i, toolchain in input.toolchains
	toolchain.kind == "unknown"
	not toolchain.pinned
	not toolchain.extra
	msg := sprintf("the toolchain of %s cannot be told", [toolchain.text])
}
