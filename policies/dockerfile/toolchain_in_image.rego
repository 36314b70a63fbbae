# METADATA
# title: Image that runs the program has the compiler in it
# description: >-
#   The program is built and run in one image: it carries a compiler, sources and build dependencies that nobody needs at
#   run time, hundreds of megabytes to scan and to patch, and tools for whoever gets in.
# related_resources:
#   - https://docs.docker.com/build/building/multi-stage/
# custom:
#   severity: medium
#   cwe: [1104]
#   equivalent:
#     - cis-docker:4.3
#   remediation: Build in a stage of its own, and copy the program into a final stage without the toolchain.
#   bad: |
#     FROM rust:1.95.0-slim-bookworm@sha256:1111111111111111111111111111111111111111111111111111111111111111
#     WORKDIR /src
#     COPY Cargo.toml Cargo.lock ./
#     COPY src src
#     RUN --mount=type=cache,target=/usr/local/cargo/registry cargo build --release --locked
#     USER 10001
#     ENTRYPOINT ["/src/target/release/ledger"]
#   good: |
#     FROM rust:1.95.0-slim-bookworm@sha256:1111111111111111111111111111111111111111111111111111111111111111 AS build
#     WORKDIR /src
#     COPY Cargo.toml Cargo.lock ./
#     COPY src src
#     RUN --mount=type=cache,target=/usr/local/cargo/registry cargo build --release --locked
#     FROM debian:12
#     COPY --from=build /src/target/release/ledger /usr/local/bin/
#     USER 10001
#     ENTRYPOINT ["ledger"]
package policies.dockerfile.toolchain_in_image

deny contains {"at": ["stages", input.final, "base"], "msg": msg} if {
	stage := input.stages[input.final]
	stage.compiles
	stage.program.form != ""
	msg := sprintf("the final stage is built on %s and compiles the program that it runs", [stage.system.image])
}
