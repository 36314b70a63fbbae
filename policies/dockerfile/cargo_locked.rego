# METADATA
# title: Cargo may change what Cargo.lock holds
# description: >-
#   Without --locked, cargo resolves anew where Cargo.lock does not fit the manifests, and compiles
#   versions that nobody has reviewed or audited. With cargo install it ignores the lock file that the
#   tool came with.
# related_resources:
#   - https://doc.rust-lang.org/cargo/commands/cargo-build.html#manifest-options
# custom:
#   severity: high
#   cwe: [1357, 829]
#   non_negotiable: true
#   remediation: Add --locked to the command.
#   bad: |
#     FROM rust:1.82.0@sha256:1111111111111111111111111111111111111111111111111111111111111111 AS build
#     RUN cargo build --release
#     FROM gcr.io/distroless/cc-debian12:nonroot
#     COPY --from=build /target/release/app /app
#   good: |
#     ARG CARGO_FLAGS="--release --locked"
#     FROM rust:1.82.0@sha256:1111111111111111111111111111111111111111111111111111111111111111 AS build
#     ARG CARGO_FLAGS
#     RUN cargo fetch --locked && cargo build $CARGO_FLAGS && cargo fmt --check && cargo --version
#     FROM build AS lint
#     RUN cargo clippy
#     FROM gcr.io/distroless/cc-debian12:nonroot
#     COPY --from=build /target/release/app /app
package policies.dockerfile.cargo_locked

# Commands whose result is neither kept nor believed: they document, measure, or hunt for bugs.
harmless := {"doc", "miri", "careful", "tarpaulin", "llvm-cov", "bloat", "criterion", "hack", "watch", "fix"}

deny contains {"at": ["stages", i, "cargo", j], "msg": msg} if {
	some i, stage in input.stages
	some j, command in stage.cargo
	command.resolves
	not command.locked
	stage.contributes
	not command.subcommand in harmless
	msg := sprintf("%s %s runs without --locked", [command.name, command.subcommand])
}

deny contains {"at": ["stages", i, "cargo", j], "msg": msg} if {
	some i, stage in input.stages
	some j, command in stage.cargo
	command.updates
	stage.contributes
	msg := sprintf("cargo %s replaces the locked versions", [command.subcommand])
}
