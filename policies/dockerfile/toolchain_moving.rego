# METADATA
# title: Image is built with a toolchain that moves
# description: >-
#   Names such as stable, nightly and 1.82 stand for another compiler every few weeks, and rustup's
#   installer takes stable where it is told nothing. What was tested is then not what is built, and a
#   build cannot be repeated.
# related_resources:
#   - https://rust-lang.github.io/rustup/concepts/toolchains.html
# custom:
#   severity: high
#   cwe: [1357]
#   non_negotiable: true
#   remediation: Name one release (1.82.0) or one day (nightly-2024-10-17), the same as in rust-toolchain.toml.
#   bad: |
#     FROM debian:12 AS build
#     RUN curl -sSf https://sh.rustup.rs | sh -s -- -y --profile minimal
#     RUN cargo build --release --locked
#     FROM gcr.io/distroless/cc-debian12:nonroot
#     COPY --from=build /target/release/app /app
#   good: |
#     FROM debian:12 AS build
#     ARG RUST_VERSION=1.82.0
#     RUN curl -sSf https://sh.rustup.rs | sh -s -- -y --profile minimal --default-toolchain $RUST_VERSION
#     RUN rustup toolchain install nightly-2024-10-17 && rustup target add x86_64-unknown-linux-musl
#     RUN cargo +nightly-2024-10-17 build --release --locked && cargo +nightly fmt --check
#     FROM build AS lint
#     RUN rustup toolchain install nightly && cargo +nightly clippy --locked
#     FROM gcr.io/distroless/cc-debian12:nonroot
#     COPY --from=build /target/release/app /app
package policies.dockerfile.toolchain_moving

# Actions that add to a toolchain which something else has chosen.
adding := {"component add", "component remove", "target add", "target remove"}

deny contains {"at": ["stages", i, "rustup", j], "msg": msg} if {
	some i, stage in input.stages
	some j, choice in stage.rustup
	stage.contributes
	not choice.action in adding
	some toolchain in choice.toolchains
	toolchain.kind == "moving"
	msg := sprintf("%s %s chooses the toolchain %q, which moves", [choice.name, choice.action, toolchain.name])
}

deny contains {"at": ["stages", i, "rustup", j], "msg": msg} if {
	some i, stage in input.stages
	some j, choice in stage.rustup
	stage.contributes
	not choice.action in adding
	some toolchain in choice.toolchains
	toolchain.kind == "unknown"
	msg := sprintf("the toolchain %q of %s %s cannot be known", [toolchain.name, choice.name, choice.action])
}
