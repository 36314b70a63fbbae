# METADATA
# title: Workflow builds with a toolchain that moves
# description: >-
#   Names such as stable, nightly, 1.82 and rust:latest stand for another compiler every few weeks. What
#   CI has tested is then not what was released, and a build cannot be repeated.
# related_resources:
#   - https://rust-lang.github.io/rustup/concepts/toolchains.html
# custom:
#   severity: high
#   cwe: [1357]
#   non_negotiable: true
#   remediation: Name one release (1.82.0) or one day (nightly-2024-10-17), the same as in rust-toolchain.toml.
#   bad: |
#     on: push
#     jobs:
#       build:
#         runs-on: ubuntu-24.04
#         steps:
#           - uses: dtolnay/rust-toolchain@stable
#           - run: cargo build --release --locked
#   good: |
#     on: push
#     jobs:
#       build:
#         runs-on: ubuntu-24.04
#         steps:
#           - uses: dtolnay/rust-toolchain@1.82.0
#           - run: cargo build --release --locked
#       image:
#         runs-on: ubuntu-24.04
#         container: rust:1.82.0-slim
#         steps:
#           - run: cargo test --locked
#       compatibility:
#         strategy:
#           matrix:
#             rust: [1.82.0, beta]
#         runs-on: ubuntu-24.04
#         steps:
#           - uses: dtolnay/rust-toolchain@master
#             with:
#               toolchain: ${{ matrix.rust }}
#           - run: cargo test --locked
#       format:
#         runs-on: ubuntu-24.04
#         steps:
#           - uses: dtolnay/rust-toolchain@nightly
#           - run: cargo fmt --check
package policies.workflow.toolchain_moving

deny contains {"at": ["toolchains", i], "msg": msg} if {
	some i, toolchain in input.toolchains
	toolchain.kind == "moving"
	not toolchain.pinned
	not toolchain.extra
	msg := sprintf("%s chooses the toolchain %q, which moves", [toolchain.text, toolchain.channel])
}
