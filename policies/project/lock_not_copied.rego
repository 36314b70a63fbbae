# METADATA
# title: Image is built without the repository's Cargo.lock
# description: >-
#   Cargo.toml is copied into the build and Cargo.lock is not, so that cargo chooses the newest versions anew: what runs is not
#   what was tested and audited. With --locked the build stops.
# related_resources:
#   - https://doc.rust-lang.org/cargo/guide/cargo-toml-vs-cargo-lock.html
# custom:
#   severity: medium
#   cwe: [1357, 829]
#   remediation: Copy Cargo.lock together with Cargo.toml.
#   bad: |
#     -- Cargo.toml --
#     [package]
#     name = "ledger"
#     edition = "2021"
#     rust-version = "1.85"
#     -- Cargo.lock --
#     version = 4
#
#     [[package]]
#     name = "ledger"
#     version = "0.1.0"
#     -- Dockerfile --
#     FROM rust:1.95.0-slim-bookworm@sha256:1111111111111111111111111111111111111111111111111111111111111111 AS build
#     WORKDIR /src
#     COPY Cargo.toml ./
#     COPY src src
#     RUN --mount=type=cache,target=/usr/local/cargo/registry cargo build --release --locked
#     FROM debian:12
#     COPY --from=build /src/target/release/ledger /usr/local/bin/
#     USER 10001
#   good: |
#     -- Cargo.toml --
#     [package]
#     name = "ledger"
#     edition = "2021"
#     rust-version = "1.85"
#     -- Cargo.lock --
#     version = 4
#
#     [[package]]
#     name = "ledger"
#     version = "0.1.0"
#     -- Dockerfile --
#     FROM rust:1.95.0-slim-bookworm@sha256:1111111111111111111111111111111111111111111111111111111111111111 AS build
#     WORKDIR /src
#     COPY Cargo.* ./
#     COPY src src
#     RUN --mount=type=cache,target=/usr/local/cargo/registry cargo build --release --locked
#     FROM debian:12
#     COPY --from=build /src/target/release/ledger /usr/local/bin/
#     USER 10001
package policies.project.lock_not_copied

deny contains {"at": ["dockerfile", i, "stages", j, "copies", k], "msg": msg, "related": [["cargo_lock", n]]} if {
	some i, j
	k := input.dockerfile[i].stages[j].caching.unlocked
	k >= 0
	some n, lock in input.cargo_lock
	lock.path == beside(input.dockerfile[i].context.folder)
	msg := sprintf("Cargo.toml is copied, and %s is not%s", [lock.path, why(input.dockerfile[i], j, k)])
}

beside(".") := "Cargo.lock"

beside(folder) := sprintf("%s/Cargo.lock", [folder]) if folder != "."

why(doc, j, k) := sprintf(": %s excludes it", [doc.context.ignore]) if doc.stages[j].copies[k].whole

why(doc, j, k) := "" if not doc.stages[j].copies[k].whole
