# METADATA
# title: Program does not start on the image's C library
# description: >-
#   A program that is linked dynamically needs the C library of the stage that built it, in that version or a newer
#   one. On an older one, on musl, or in an image without any, it stops before its first line, with "version
#   GLIBC_2.34 not found" or "no such file or directory".
# related_resources:
#   - https://doc.rust-lang.org/reference/linkage.html#static-and-dynamic-c-runtimes
#   - https://sourceware.org/glibc/wiki/FAQ#What_is_symbol_versioning_good_for.3F__Do_I_need_it.3F
# custom:
#   severity: medium
#   remediation: Build on the distribution that runs the program or an older one, or build for a musl target.
#   bad: |
#     FROM rust:1.95.0-slim-bookworm@sha256:1111111111111111111111111111111111111111111111111111111111111111 AS build
#     WORKDIR /src
#     COPY Cargo.toml Cargo.lock ./
#     COPY src src
#     RUN --mount=type=cache,target=/src/target cargo build --release --locked && cp target/release/ledger /out
#     FROM gcr.io/distroless/static-debian12:nonroot
#     COPY --from=build /out /ledger
#     ENTRYPOINT ["/ledger"]
#   good: |
#     FROM rust:1.95.0-slim-bookworm@sha256:1111111111111111111111111111111111111111111111111111111111111111 AS build
#     WORKDIR /src
#     COPY Cargo.toml Cargo.lock ./
#     COPY src src
#     RUN --mount=type=cache,target=/src/target cargo build --release --locked --target x86_64-unknown-linux-musl && \
#         cp target/x86_64-unknown-linux-musl/release/ledger /out
#     FROM build AS dynamic
#     RUN --mount=type=cache,target=/src/target cargo build --release --locked --bin tool && cp target/release/tool /tool
#     FROM gcr.io/distroless/cc-debian12:nonroot AS tool
#     COPY --from=dynamic /tool /tool
#     FROM alpine:3.23
#     RUN apk add --no-cache gcompat
#     COPY --from=dynamic /tool /tool
#     COPY --from=tool /tool /tool2
#     FROM gcr.io/distroless/static-debian12:nonroot
#     COPY --from=build /out /ledger
#     ENTRYPOINT ["/ledger"]
package policies.dockerfile.libc_missing

deny contains {"at": ["stages", i, "copies", j], "msg": msg, "related": [["stages", file.stage, "base"]]} if {
	some i, stage in input.stages
	stage.contributes
	some j, copy in stage.copies
	some file in copy.built
	file.lacks != ""
	has := library(stage.system)
	msg := sprintf("%s is linked on %s and needs %s, and %s has %s", [file.name, input.stages[file.stage].system.image, file.lacks, stage.system.image, has])
}

library(system) := trim_space(sprintf("%s %s", [system.libc, system.libc_version])) if system.libc != "none"

library(system) := "no C library" if system.libc == "none"
