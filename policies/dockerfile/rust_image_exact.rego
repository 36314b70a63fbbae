# METADATA
# title: Rust image names no exact release
# description: >-
#   rust:1, rust:1.82, rust:slim and rust:latest are another compiler after the next release. What was
#   tested is then not what is built, and a build cannot be repeated. A digest alone does not tell the
#   reader, and a robot that renews it may change the compiler unnoticed.
# related_resources:
#   - https://hub.docker.com/_/rust
#   - https://docs.docker.com/build/building/best-practices/#pin-base-image-versions
# custom:
#   severity: high
#   cwe: [1357]
#   equivalent:
#     - hadolint:DL3006
#     - hadolint:DL3007
#     - trivy:DS-0001
#     - checkov:CKV_DOCKER_7
#     - dockle:DKL-DI-0006
#     - kics:image version not explicit
#     - kics:image version using latest
#     - semgrep:dockerfile-source-not-pinned
#   non_negotiable: true
#   remediation: Name one release with three numbers, such as rust:1.82.0-slim, the same as in rust-toolchain.toml.
#   bad: |
#     FROM rust:1.82-slim@sha256:1111111111111111111111111111111111111111111111111111111111111111 AS build
#     RUN cargo build --release --locked
#     FROM gcr.io/distroless/cc-debian12:nonroot
#     COPY --from=build /target/release/app /app
#   good: |
#     ARG RUST_VERSION=1.82.0
#     FROM rust:${RUST_VERSION}-slim@sha256:1111111111111111111111111111111111111111111111111111111111111111 AS build
#     RUN cargo build --release --locked
#     FROM gcr.io/distroless/cc-debian12:nonroot
#     COPY --from=build /target/release/app /app
package policies.dockerfile.rust_image_exact

deny contains {"at": ["stages", i, "base"], "msg": msg} if {
	some i, stage in input.stages
	stage.base.rust.toolchain
	not stage.base.rust.exact
	msg := sprintf("the Rust release of the image %s is not exact: %s", [stage.base.name, reason(stage.base)])
}

reason(base) := msg if {
	count(base.unknown) > 0
	msg := sprintf("%s has no value", [concat(", ", base.unknown)])
}

reason(base) := msg if {
	count(base.unknown) == 0
	base.rust.version != ""
	msg := sprintf("%s moves", [base.rust.version])
}

reason(base) := "its tag names no release" if {
	count(base.unknown) == 0
	base.rust.version == ""
}
