# METADATA
# title: Rust image is not pinned by digest
# description: >-
#   A tag is a name that its owner, or whoever has the owner's password, can move to another image. Only
#   the digest names the compiler that was tested.
# related_resources:
#   - https://docs.docker.com/build/building/best-practices/#pin-base-image-versions
# custom:
#   severity: high
#   cwe: [494, 1357]
#   equivalent:
#     - semgrep:dockerfile-source-not-pinned
#     - scorecard:Pinned-Dependencies
#   non_negotiable: true
#   remediation: Add the digest behind the tag, as in rust:1.82.0-slim@sha256:..., which docker buildx imagetools inspect prints.
#   bad: |
#     FROM rust:1.82.0-slim AS build
#     RUN cargo build --release --locked
#     FROM gcr.io/distroless/cc-debian12:nonroot
#     COPY --from=build /target/release/app /app
#   good: |
#     ARG DIGEST=sha256:1111111111111111111111111111111111111111111111111111111111111111
#     FROM rust:1.82.0-slim@$DIGEST AS build
#     RUN cargo build --release --locked
#     FROM build AS test
#     RUN cargo test --locked
#     FROM gcr.io/distroless/cc-debian12:nonroot
#     COPY --from=build /target/release/app /app
package policies.dockerfile.rust_image_digest

deny contains {"at": ["stages", i, "base"], "msg": msg} if {
	some i, stage in input.stages
	stage.base.rust.toolchain
	not startswith(stage.base.digest, "sha")
	msg := sprintf("the image %s is not pinned by digest", [stage.base.name])
}
