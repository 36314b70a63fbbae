# METADATA
# title: Image runs a debug build
# description: >-
#   A debug build is not optimised, several times larger and slower, and checks that are for developers abort it.
#   What was measured and tested is the release build.
# related_resources:
#   - https://doc.rust-lang.org/cargo/reference/profiles.html#dev
# custom:
#   severity: medium
#   cwe: [489]
#   remediation: Build with --release, or with a profile that inherits from release, and copy from its folder.
#   bad: |
#     FROM rust:1.95.0-slim-bookworm@sha256:1111111111111111111111111111111111111111111111111111111111111111 AS build
#     WORKDIR /src
#     COPY . .
#     RUN cargo build --locked
#     FROM debian:12
#     COPY --from=build /src/target/debug/ledger /usr/local/bin/
#     USER 10001
#   good: |
#     FROM rust:1.95.0-slim-bookworm@sha256:1111111111111111111111111111111111111111111111111111111111111111 AS build
#     WORKDIR /src
#     COPY . .
#     RUN cargo build --locked --release
#     FROM debian:12 AS development
#     COPY --from=build /src/target/debug/ledger /usr/local/bin/
#     FROM debian:12
#     COPY --from=build /src/target/release/ledger /usr/local/bin/
#     USER 10001
package policies.dockerfile.debug_binary

deny contains {"at": ["stages", i, "copies", j], "msg": msg} if {
	some i, stage in input.stages
	stage.base_of_final
	some j, copy in stage.copies
	some file in copy.built
	file.profile == "debug"
	msg := sprintf("%s is a debug build", [file.name])
}

deny contains {"at": ["stages", input.final, instruction], "msg": msg} if {
	stage := input.stages[input.final]
	contains(stage.program.name, "target/debug/")
	instruction := stage.program.instruction
	msg := sprintf("the image runs the debug build %s", [stage.program.name])
}
