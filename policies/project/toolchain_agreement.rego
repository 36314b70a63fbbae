# METADATA
# title: Toolchains that do not agree
# description: >-
#   CI tests with one compiler and the image is built with another, so what was tested is not what runs.
#   What counts for a file is the toolchain file nearest at or above it; without one, what CI chooses.
# related_resources:
#   - https://rust-lang.github.io/rustup/overrides.html
#   - https://doc.rust-lang.org/cargo/reference/rust-version.html
# custom:
#   severity: high
#   cwe: [1357]
#   non_negotiable: true
#   remediation: Name the same release everywhere, and let rust-version be at most that.
#   bad: |
#     -- rust-toolchain.toml --
#     [toolchain]
#     channel = "1.82.0"
#     -- Dockerfile --
#     FROM rust:1.83.0-slim AS build
#     COPY . .
#     RUN cargo build --release --locked
#     FROM debian:12
#     COPY --from=build /target/release/ledger /ledger
#   good: |
#     -- rust-toolchain.toml --
#     [toolchain]
#     channel = "1.82.0"
#     -- Dockerfile --
#     FROM rust:1.82-slim AS build
#     COPY . .
#     RUN cargo build --release --locked
#     FROM debian:12
#     COPY --from=build /target/release/ledger /ledger
#     -- .github/workflows/ci.yml --
#     on: push
#     jobs:
#       test:
#         runs-on: ubuntu-24.04
#         steps:
#           - uses: dtolnay/rust-toolchain@1.82.0
#           - run: cargo test --locked
#     -- Cargo.toml --
#     [package]
#     name = "ledger"
#     edition = "2021"
#     rust-version = "1.80"
package policies.project.toolchain_agreement

import data.policies.lib.rust
import data.policies.lib.toolchain

deny contains {"at": choice.at, "msg": msg, "related": [anchor.at]} if {
	some choice in toolchain.choices
	anchor := toolchain.anchor(choice.folder)
	anchor.at != choice.at
	rust.conflict(anchor.name, choice.name)
	msg := sprintf("%s chooses the toolchain %q, and %s chooses %q", [choice.what, choice.name, anchor.what, anchor.name])
}

deny contains {"at": oldest.at, "msg": msg, "related": [anchor.at]} if {
	some oldest in toolchain.oldest
	anchor := toolchain.anchor(oldest.folder)
	rust.older(anchor.name, oldest.version)
	msg := sprintf("the package supports Rust %s at the oldest, and %s chooses %q", [oldest.version, anchor.what, anchor.name])
}

deny contains {"at": choice.at, "msg": msg} if {
	some choice in toolchain.deferred
	not toolchain.file(choice.folder)
	msg := sprintf("%s leaves the toolchain to a toolchain file, and none applies", [choice.what])
}
