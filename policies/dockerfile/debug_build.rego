# METADATA
# title: Debug build of a Rust program is shipped
# description: >-
#   A build without --release is many times slower and larger, holds the paths of the machine that built
#   it, and stops at overflows that the tested release lets pass.
# related_resources:
#   - https://doc.rust-lang.org/cargo/reference/profiles.html
# custom:
#   severity: low
#   cwe: [489]
#   remediation: Build with --release, and copy from target/release.
#   bad: |
#     FROM acme/ledger-build:1.4 AS build
#     FROM debian:12
#     COPY --from=build /src/target/debug/app /usr/local/bin/app
#   good: |
#     FROM rust:1.82.0 AS build
#     RUN cargo build --locked --release
#     FROM debian:12 AS debug
#     COPY --from=build /src/target/debug/app /usr/local/bin/app
#     FROM debian:12
#     COPY --from=build /src/target/release/app /usr/local/bin/app
package policies.dockerfile.debug_build

deny contains {"at": ["stages", i, "copies", j], "msg": msg} if {
	some i, stage in input.stages
	stage.contributes
	some j, copy in stage.copies
	not known(stage, copy)
	some source in copy.sources
	contains(source, "debug")
	regex.match(`(^|/)target/([^/]+/)?debug(/|$)`, source)
	msg := sprintf("%s is a debug build", [source])
}

# What the final image gets of cargo is found by debug_binary.
known(stage, copy) if {
	stage.base_of_final
	count(copy.built) > 0
}
