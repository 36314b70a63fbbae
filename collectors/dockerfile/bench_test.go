package dockerfile

import (
	"bytes"
	"context"
	"fmt"
	"testing"
	"testing/fstest"

	"github.com/moby/buildkit/frontend/dockerfile/instructions"
	"github.com/moby/buildkit/frontend/dockerfile/parser"
)

// bench is a Dockerfile of the usual size for a Rust service.
const bench = `# syntax=docker/dockerfile:1
ARG RUST_VERSION=1.82.0
FROM rust:${RUST_VERSION}-bookworm@sha256:1111111111111111111111111111111111111111111111111111111111111111 AS builder
WORKDIR /src
RUN apt-get update \
    && apt-get install -y --no-install-recommends pkg-config libssl-dev \
    && rm -rf /var/lib/apt/lists/*
COPY Cargo.toml Cargo.lock ./
COPY crates ./crates
RUN --mount=type=cache,target=/usr/local/cargo/registry \
    --mount=type=cache,target=/src/target \
    cargo build --release --locked --bin ledger \
    && cp target/release/ledger /usr/local/bin/ledger

FROM debian:12-slim AS runtime
ENV RUST_LOG=info \
    LEDGER_CONFIG=/etc/ledger/config.toml
LABEL org.opencontainers.image.source="https://example.com/ledger" org.opencontainers.image.licenses=Apache-2.0
RUN apt-get update \
    && apt-get install -y --no-install-recommends ca-certificates tini \
    && rm -rf /var/lib/apt/lists/* \
    && groupadd --system --gid 10001 ledger \
    && useradd --system --uid 10001 --gid ledger --no-create-home ledger
COPY --from=builder --chown=root:root /usr/local/bin/ledger /usr/local/bin/ledger
COPY config/ledger.toml /etc/ledger/config.toml
EXPOSE 8080 9090/tcp
USER 10001:10001
HEALTHCHECK --interval=10s CMD ["/usr/local/bin/ledger", "health"]
ENTRYPOINT ["/usr/bin/tini", "--", "/usr/local/bin/ledger"]
CMD ["serve"]
`

// BenchmarkFloor is what any program pays that reads a Dockerfile with buildkit.
func BenchmarkFloor(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		result, err := parser.Parse(bytes.NewReader([]byte(bench)))
		if err != nil {
			b.Fatal(err)
		}
		if _, _, err := instructions.Parse(result.AST, nil); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkCollect is the same file with all facts.
func BenchmarkCollect(b *testing.B) {
	c := New(Options{Tables: testTables})
	fsys := fstest.MapFS{"Dockerfile": {Data: []byte(bench)}}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := c.Collect(context.Background(), fsys, "Dockerfile"); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkStages shows that the cost grows with the length of the file.
func BenchmarkStages(b *testing.B) {
	for _, n := range []int{10, 100, 1000} {
		text := "FROM debian AS s0\n"
		for i := range n {
			text += fmt.Sprintf("FROM s%d AS s%d\nENV A%d=b\n", i, i+1, i%20)
		}
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for b.Loop() {
				if _, _, err := collect(text, nil); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
