# syntax=docker/dockerfile:1.7
# A service of two binaries.
ARG RUST_VERSION=1.82.0
ARG REGISTRY=docker.io/library

FROM --platform=$BUILDPLATFORM ${REGISTRY}/rust:${RUST_VERSION}-slim@sha256:1111111111111111111111111111111111111111111111111111111111111111 AS Build
WORKDIR /src
SHELL ["/bin/bash", "-eo", "pipefail", "-c"]
ENV CARGO_HOME=/cargo \
    # what the linker is
    RUSTFLAGS="-C linker=clang"
COPY --link Cargo.toml Cargo.lock ./
RUN --mount=type=cache,target=/cargo/registry \
    --mount=type=secret,id=netrc,target=/root/.netrc,required=true \
    --mount=type=ssh --network=default \
    cargo fetch --locked && \
    # then build
    cargo build --release --frozen

FROM debian AS base
RUN useradd --system --uid 10001 app
USER 10001:10001
EXPOSE 8080

FROM base
COPY --from=build --chown=10001:10001 /src/target/release/a /src/target/release/b /usr/local/bin/
COPY --from=0 /etc/ssl/certs /etc/ssl/certs
COPY --from=busybox:1.36 /bin/wget /bin/
WORKDIR var
EXPOSE 9000-9010/udp 53/UDP
VOLUME ["/data", "/cache"]
LABEL org.opencontainers.image.title="a b" version=1
STOPSIGNAL SIGINT
HEALTHCHECK --interval=30s --timeout=1m30s --retries=3 CMD wget -q localhost:8080/health
ENTRYPOINT ["/usr/local/bin/a"]
CMD serve --port 8080
