package dockerfile

import (
	"context"
	"fmt"
	"testing"
	"testing/fstest"
)

func TestImage(t *testing.T) {
	const digest = "sha256:1111111111111111111111111111111111111111111111111111111111111111"
	for _, tt := range []struct{ head, from, want string }{
		{"", "rust", "image docker.io library/rust:latest rust"},
		{"", "rust:1.82.0", "image docker.io library/rust:1.82.0 rust 1.82.0 exact"},
		{"", "rust:1.82.0-slim-bookworm", "image docker.io library/rust:1.82.0-slim-bookworm rust 1.82.0 exact"},
		{"", "rust:1.82", "image docker.io library/rust:1.82 rust 1.82"},
		{"", "rust:1", "image docker.io library/rust:1 rust 1"},
		{"", "rust:slim", "image docker.io library/rust:slim rust"},
		{"", "rust:1.82.0@" + digest, "image docker.io library/rust:1.82.0@" + digest + " rust 1.82.0 exact"},
		{"", "rust@" + digest, "image docker.io library/rust@" + digest + " rust"},
		{"", "docker.io/library/rust:1-alpine3.20", "image docker.io library/rust:1-alpine3.20 rust 1"},
		{"", "registry.example:5000/mirror/library/rust:nightly", "image registry.example:5000 mirror/library/rust:nightly rust nightly"},
		{"", "rustlang/rust:nightly-2024-10-17-slim", "image docker.io rustlang/rust:nightly-2024-10-17-slim rust nightly-2024-10-17 exact"},
		{"", "rustlang/rust:nightly-slim", "image docker.io rustlang/rust:nightly-slim rust nightly"},
		{"", "lukemathwalker/cargo-chef:latest-rust-1.82.0-slim", "image docker.io lukemathwalker/cargo-chef:latest-rust-1.82.0-slim rust 1.82.0 exact"},
		{"", "lukemathwalker/cargo-chef:latest", "image docker.io lukemathwalker/cargo-chef:latest rust"},
		{"", "clux/muslrust:1.82.0-stable", "image docker.io clux/muslrust:1.82.0-stable rust 1.82.0 exact"},
		{"", "ghcr.io/blackdex/rust-musl:x86_64-musl-stable-1.97.1", "image ghcr.io blackdex/rust-musl:x86_64-musl-stable-1.97.1 rust 1.97.1 exact"},
		{"", "ghcr.io/blackdex/rust-musl:x86_64-musl-stable", "image ghcr.io blackdex/rust-musl:x86_64-musl-stable rust stable"},
		{"", "clux/muslrust:nightly-2024-10-17", "image docker.io clux/muslrust:nightly-2024-10-17 rust nightly-2024-10-17 exact"},
		{"", "lukemathwalker/cargo-chef:0.1.68-rust-1", "image docker.io lukemathwalker/cargo-chef:0.1.68-rust-1 rust 1"},
		{"", "mcr.microsoft.com/devcontainers/rust:1", "image mcr.microsoft.com devcontainers/rust:1"},
		{"", "acme/rust-service:latest", "image docker.io acme/rust-service:latest"},
		{"", "scratch", "scratch  :"},
		{"ARG V=1.82.0", "rust:${V}", "image docker.io library/rust:1.82.0 rust 1.82.0 exact"},
		{"ARG V", "rust:${V}", "unresolved docker.io library/rust:${V} rust needs [V]"},
		{"ARG V", "rust:${V:-1.82.0}", "image docker.io library/rust:1.82.0 rust 1.82.0 exact"},
		{"ARG V", "rust:1.82.0${V:+-$V}", "image docker.io library/rust:1.82.0 rust 1.82.0 exact"},
		{"ARG R", "${R}/rust:1.82.0", "unresolved ${R} rust:1.82.0 rust 1.82.0 exact needs [R]"},
		{"ARG R=", "${R}rust:1.82.0", "image docker.io library/rust:1.82.0 rust 1.82.0 exact"},
		{"ARG R", "${R}rust:1.82.0", "unresolved docker.io library/${R}rust:1.82.0 rust 1.82.0 exact needs [R]"},
		{"ARG D", "rust:1.82.0@$D", "unresolved docker.io library/rust:1.82.0@${D} rust 1.82.0 exact needs [D]"},
		{"", "rust:1.82.0-$TARGETARCH", "unresolved docker.io library/rust:1.82.0-${TARGETARCH} rust 1.82.0 exact needs [TARGETARCH]"},
		{"", "$NOPE", "unresolved docker.io library/${NOPE}:latest needs [NOPE]"},
		{"ARG GIVEN=1", "rust:$GIVEN", "image docker.io library/rust:1.80.1 rust 1.80.1 exact"},
	} {
		f, _, err := collect(tt.head+"\nFROM "+tt.from+"\n", map[string]string{"GIVEN": "1.80.1"})
		if err != nil {
			t.Errorf("%s: %v", tt.from, err)
			continue
		}
		i := f.Stages[0].Base
		got := fmt.Sprintf("%s %s %s", i.Kind, i.Registry, i.Repository)
		if i.Tag != "" || i.Digest == "" {
			got += ":" + i.Tag
		}
		if i.Digest != "" {
			got += "@" + i.Digest
		}
		if i.Rust.Toolchain {
			got += " rust"
		}
		if i.Rust.Version != "" {
			got += " " + i.Rust.Version
		}
		if i.Rust.Exact {
			got += " exact"
		}
		if len(i.Unknown) > 0 {
			got += fmt.Sprintf(" needs %v", i.Unknown)
		}
		if got != tt.want {
			t.Errorf("%s %s:\n got %s\nwant %s", tt.head, tt.from, got, tt.want)
		}
	}
}

func TestGraph(t *testing.T) {
	for text, want := range map[string]string{
		"FROM a\nFROM b":                                                           "- CB",
		"FROM a AS x\nFROM b\nCOPY --from=x / /":                                   "C CB",
		"FROM a\nFROM b\nCOPY --from=0 / /":                                        "C CB",
		"FROM a AS x\nFROM x AS y\nFROM c\nCOPY --from=Y / /":                      "C C CB",
		"FROM a AS x\nFROM x":                                                      "CB CB",
		"FROM a AS x\nFROM b\nRUN --mount=type=bind,from=x,target=/x true":         "C CB",
		"FROM a AS x\nFROM b AS t\nCOPY --from=x / /\nFROM c":                      "- - CB",
		"FROM a AS x\nFROM b AS x\nFROM c\nCOPY --from=x / /":                      "- C CB",
		"FROM a AS x\nFROM b\nCOPY --from=image:1 / /":                             "- CB",
		"FROM a AS b-arm64\nFROM a AS b-amd64\nFROM c AS d\nFROM b-$TARGETARCH":    "C C - CB",
		"FROM a AS x\nFROM a AS y\nFROM z$TARGETARCH":                              "- - CB",
		"FROM t AS x\nFROM p AS y\nONBUILD COPY --from=x / /\nFROM y":              "C CB CB",
		"FROM t AS x\nFROM p AS y\nONBUILD RUN --mount=from=x,target=/x z\nFROM y": "C CB CB",
	} {
		f, _, err := collect(text+"\n", nil)
		if err != nil {
			t.Errorf("%q: %v", text, err)
			continue
		}
		got := ""
		for _, s := range f.Stages {
			mark := ""
			if s.Contributes {
				mark += "C"
			}
			if s.BaseOfFinal {
				mark += "B"
			}
			if mark == "" {
				mark = "-"
			}
			if got != "" {
				got += " "
			}
			got += mark
		}
		if got != want {
			t.Errorf("%q: got %s, want %s", text, got, want)
		}
	}
}

// TestTable reads the table that the gate ships with.
func TestTable(t *testing.T) {
	tables, err := shipped()
	if err != nil || len(tables.Bases) < 200 {
		t.Fatal(err)
	}
	c := New(Options{Tables: shipped})
	for image, want := range map[string]string{
		"debian:12": `"root" from base root`,
		"public.ecr.aws/docker/library/python:3.12":          `"root" from base root`,
		"elasticsearch:8.15.0":                               `"1000" from base numeric`,
		"elasticsearch:7.17.0":                               "unknown from base: the default user of the image elasticsearch:7.17.0 is not known",
		"bitnami/redis":                                      `"1001" from base numeric`,
		"bitnami/minideb":                                    `"root" from base root`,
		"nginxinc/nginx-unprivileged:1.27":                   `"101" from base numeric`,
		"gcr.io/distroless/cc-debian12:nonroot":              `"65532" from base numeric`,
		"gcr.io/distroless/cc-debian12:debug-nonroot":        `"65532" from base numeric`,
		"gcr.io/distroless/cc-debian12":                      `"root" from base root`,
		"cgr.dev/chainguard/glibc-dynamic":                   `"65532" from base numeric`,
		"cgr.dev/chainguard/wolfi-base":                      `"root" from base root`,
		"prom/prometheus:v2.55.0":                            `"nobody" from base`,
		"mcr.microsoft.com/dotnet/aspnet:8.0-jammy-chiseled": `"1654" from base numeric`,
		"mcr.microsoft.com/dotnet/aspnet:8.0":                `"root" from base root`,
		"mcr.microsoft.com/windows/nanoserver:ltsc2022":      `"ContainerUser" from base`,
		"mcr.microsoft.com/windows/servercore:ltsc2022":      `"ContainerAdministrator" from base root`,
		"registry.access.redhat.com/ubi9/ubi-minimal:9.4":    `"root" from base root`,
		"registry.access.redhat.com/ubi9/openjdk-21":         `"185" from base numeric`,
		"registry.example/team/base":                         "unknown from base: the default user of the image registry.example/team/base is not known",
	} {
		docs, err := c.Collect(context.Background(), fstest.MapFS{"Dockerfile": {Data: []byte("FROM " + image + "\n")}}, "Dockerfile")
		if err != nil {
			t.Fatal(err)
		}
		if got := user(docs[0].Facts.(Dockerfile)); got != want {
			t.Errorf("%s: got %s, want %s", image, got, want)
		}
	}
}

func TestParseBases(t *testing.T) {
	for text, want := range map[string]string{
		`{"images": [{"image": "a", "tag": "", "user": "root"}]}`: "",
		`{"images": [{"image": "a"}]}`:                            "images[0]: image and user are both needed",
		`{"images": [{"image": "a", "user": "b", "tag": "["}]}`:   `images[0]: tag "[": syntax error in pattern`,
		`{"imgs": []}`: `json: unknown field "imgs"`,
	} {
		_, err := ParseBases([]byte(text))
		got := ""
		if err != nil {
			got = err.Error()
		}
		if got != want {
			t.Errorf("%s: got %q, want %q", text, got, want)
		}
	}
}
