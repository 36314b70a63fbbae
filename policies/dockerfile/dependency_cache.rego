# METADATA
# title: Each change of the sources builds all dependencies anew
# description: >-
#   The sources are copied before the first build, so that the layer with the compiled dependencies is thrown away with each
#   commit. Builds then take minutes instead of seconds, and a fix waits for them.
# related_resources:
#   - https://docs.docker.com/build/cache/optimize/
#   - https://github.com/LukeMathWalker/cargo-chef
# custom:
#   severity: low
#   remediation: Give the build cache mounts for cargo's registry and target folder, or build the dependencies from the manifests first, as cargo-chef does.
#   bad: |
#     FROM rust:1.95.0-slim-bookworm@sha256:1111111111111111111111111111111111111111111111111111111111111111 AS build
#     WORKDIR /src
#     COPY Cargo.toml Cargo.lock ./
#     COPY src src
#     RUN cargo build --release --locked
#     FROM debian:12
#     COPY --from=build /src/target/release/ledger /usr/local/bin/
#     USER 10001
#   good: |
#     FROM rust:1.95.0-slim-bookworm@sha256:1111111111111111111111111111111111111111111111111111111111111111 AS mounts
#     WORKDIR /src
#     COPY Cargo.toml Cargo.lock ./
#     COPY src src
#     RUN --mount=type=cache,target=/src/target cargo build --release --locked && cp target/release/ledger /ledger
#     FROM rust:1.95.0-slim-bookworm@sha256:1111111111111111111111111111111111111111111111111111111111111111 AS dummy
#     WORKDIR /src
#     COPY Cargo.toml Cargo.lock ./
#     RUN mkdir src && echo 'fn main() {}' > src/main.rs && cargo build --release --locked
#     COPY src src
#     RUN touch src/main.rs && cargo build --release --locked
#     FROM debian:12
#     COPY --from=mounts /ledger /usr/local/bin/
#     COPY --from=dummy /src/target/release/ledger /usr/local/bin/
#     USER 10001
package policies.dockerfile.dependency_cache

deny contains {"at": ["stages", i, "runs", stage.caching.run], "msg": msg} if {
	some i, stage in input.stages
	stage.contributes
	stage.caching.applies
	not stage.caching.cached
	msg := "the dependencies are built in the same step as the sources, and nothing keeps them"
}
