# METADATA
# title: Image compiles for the processor that it happens to be built on
# description: >-
#   With target-cpu=native the compiler uses every instruction of the machine that builds the image. The
#   binary dies with SIGILL on an older processor, and the next build is another one.
# related_resources:
#   - https://doc.rust-lang.org/rustc/codegen-options/index.html#target-cpu
# custom:
#   severity: high
#   cwe: [1357]
#   non_negotiable: true
#   remediation: Name the oldest processor that the service must run on, such as x86-64-v3.
#   bad: |
#     FROM rust:1.82.0@sha256:1111111111111111111111111111111111111111111111111111111111111111 AS build
#     ENV RUSTFLAGS="-C target-cpu=native"
#     RUN cargo build --release --locked
#     FROM gcr.io/distroless/cc-debian12:nonroot
#     COPY --from=build /target/release/app /app
#   good: |
#     FROM rust:1.82.0@sha256:1111111111111111111111111111111111111111111111111111111111111111 AS build
#     ARG CPU=x86-64-v3
#     ENV RUSTFLAGS="-C target-cpu=$CPU -C strip=symbols"
#     RUN cargo build --release --locked
#     FROM build AS bench
#     RUN RUSTFLAGS="-C target-cpu=native" cargo bench --locked
#     FROM gcr.io/distroless/cc-debian12:nonroot
#     COPY --from=build /target/release/app /app
package policies.dockerfile.target_cpu_native

deny contains {"at": ["stages", i, "rustflags", j], "msg": msg} if {
	some i, stage in input.stages
	some j, flags in stage.rustflags
	flags.native
	stage.contributes
	msg := sprintf("%s asks for target-cpu=native", [flags.name])
}

deny contains {"at": ["stages", i, "rustflags", j], "msg": msg} if {
	some i, stage in input.stages
	some j, flags in stage.rustflags
	not flags.known
	not flags.native
	contains(flags.value, "target-cpu")
	stage.contributes
	msg := sprintf("the target-cpu of %s cannot be known: a variable in it has no value", [flags.name])
}
