package dockerfile

import (
	"fmt"
	"strings"
	"testing"
)

// TestBuilt follows files to where cargo makes them.
func TestBuilt(t *testing.T) {
	const rust = "FROM rust:1.82-slim-bookworm AS b\nWORKDIR /src\nCOPY src src\n"
	for _, c := range []struct{ text, want string }{
		{rust + "RUN cargo build --release\nFROM debian:12\nCOPY --from=b /src/target/release/app /app", "0 /src/target/release/app release glibc"},
		{rust + "RUN cargo build --release\nFROM debian:11\nCOPY --from=b /src/target/release/app /app", "0 /src/target/release/app release glibc lacks glibc 2.34"},
		{rust + "RUN cargo build\nFROM ubuntu:22.04\nCOPY --from=b src/target/debug/app /app", "0 /src/target/debug/app debug glibc"},
		{rust + "RUN cargo build --release\nFROM alpine:3.20\nCOPY --from=b /src/target/release/app /app", "0 /src/target/release/app release glibc lacks glibc"},
		{rust + "RUN cargo build --release\nFROM scratch\nCOPY --from=b /src/target/release/app /app", "0 /src/target/release/app release glibc lacks glibc"},
		{rust + "RUN cargo build --release\nFROM alpine:3.20\nRUN apk add gcompat\nCOPY --from=b /src/target/release/app /app", "0 /src/target/release/app release glibc"},
		{rust + "RUN cargo build --release\nFROM scratch\nCOPY --from=b /lib64 /lib64\nCOPY --from=b /src/target/release/app /app", "0 /src/target/release/app release glibc"},
		{rust + "RUN cargo build --release --target x86_64-unknown-linux-musl\nFROM scratch\nCOPY --from=b /src/target/x86_64-unknown-linux-musl/release/app /app", "0 /src/target/x86_64-unknown-linux-musl/release/app release x86_64-unknown-linux-musl musl static"},
		{rust + "ENV CARGO_BUILD_TARGET=x86_64-unknown-linux-musl\nRUN cargo install --path . --root /out\nFROM scratch\nCOPY --from=b /out/bin/app /app", "0 /out/bin/app release x86_64-unknown-linux-musl musl static"},
		{rust + "ENV RUSTFLAGS='-C target-feature=+crt-static'\nRUN cargo build --release\nFROM scratch\nCOPY --from=b /src/target/release/app /app", "0 /src/target/release/app release"},
		{rust + "ARG FLAGS\nENV RUSTFLAGS=$FLAGS\nRUN cargo build --release\nFROM scratch\nCOPY --from=b /src/target/release/app /app", "0 /src/target/release/app release"},
		{rust + "RUN cargo zigbuild --release\nFROM scratch\nCOPY --from=b /src/target/release/app /app", ""},
		{rust + "RUN cargo build --release && cp target/release/app /out/\nFROM scratch\nCOPY --from=b /out/app /app", "0 /src/target/release/app release glibc lacks glibc"},
		{rust + "RUN cargo build --release\nFROM debian:12 AS mid\nCOPY --from=b /src/target/release/app /bin/\nFROM debian:11\nCOPY --from=mid /bin/app /app", "0 /src/target/release/app release glibc | 0 /src/target/release/app release glibc lacks glibc 2.34"},
		{rust + "RUN cargo build --release\nFROM b AS c\nFROM debian:11\nCOPY --from=c /src/target/release/app /app", "1 /src/target/release/app release glibc lacks glibc 2.34"},
		{"FROM rust:1.82-alpine3.20 AS b\nWORKDIR /src\nRUN cargo build --release\nFROM scratch\nCOPY --from=b /src/target/release/app /app", "0 /src/target/release/app release musl static"},
		{"FROM rust:1.95-trixie AS b\nRUN cargo build --release\nFROM ubuntu:24.04\nCOPY --from=b /target/release/app /app", "0 /target/release/app release glibc"},
		{"FROM rust:1.95-trixie AS b\nENV CARGO_TARGET_DIR=/t\nRUN cargo build --release\nFROM debian:12\nCOPY --from=b /t/release/app /app", "0 /t/release/app release glibc lacks glibc 2.39"},
		{rust + "RUN make\nFROM alpine:3.20\nCOPY --from=b /src/target/release/app /app", ""},
		{rust + "RUN cargo build --release\nFROM alpine:3.20\nCOPY --from=b /src/config.toml /", ""},
	} {
		f := judge(t, "Dockerfile", map[string]string{"Dockerfile": c.text, "src/main.rs": ""})
		var got []string
		for _, s := range f.Stages {
			for _, copy := range s.Copies {
				for _, b := range copy.Built {
					line := []string{fmt.Sprint(b.Stage), b.Path, b.Profile, b.Target, b.Libc}
					if b.Static {
						line = append(line, "static")
					}
					if b.Lacks != "" {
						line = append(line, "lacks "+b.Lacks)
					}
					got = append(got, strings.Join(strings.Fields(strings.Join(line, " ")), " "))
				}
			}
		}
		if strings.Join(got, " | ") != c.want {
			t.Errorf("%s:\n got %q\nwant %q", c.text, strings.Join(got, " | "), c.want)
		}
	}
}

func TestCaching(t *testing.T) {
	const rust = "FROM rust:1.82\nWORKDIR /src\n"
	for _, c := range []struct{ text, want string }{
		{rust + "COPY . .\nRUN cargo build --release", "no, run 0"},
		{rust + "COPY . .\nRUN cargo b --release\nRUN cargo test", "no, run 0"},
		{rust + "COPY . .\nRUN --mount=type=cache,target=/usr/local/cargo/registry cargo build", "cache-mount"},
		{rust + "COPY Cargo.toml Cargo.lock ./\nRUN cargo fetch\nCOPY src src\nRUN cargo build", "manifests-first"},
		{rust + "COPY Cargo.toml Cargo.lock ./\nRUN mkdir src && echo 'fn main(){}' > src/main.rs && cargo build --release\nCOPY src src\nRUN cargo build --release", "manifests-first"},
		{rust + "COPY Cargo.toml ./\nCOPY src src\nRUN cargo build\nRUN cargo test", "no, run 0, unlocked 0"},
		{rust + "RUN cargo install cargo-chef\nCOPY --from=p /recipe.json .\nRUN cargo chef cook\nCOPY . .\nRUN cargo build", "cargo-chef"},
		{rust + "COPY . .\nRUN cargo chef prepare --recipe-path recipe.json", ""},
		{rust + "COPY . .\nRUN cargo chef prepare && cargo build", "no, run 0"},
		{rust + "RUN cargo install ripgrep", ""},
		{rust + "COPY . .\nRUN make", ""},
		{rust + "ENV RUSTC_WRAPPER=/bin/sccache\nCOPY . .\nRUN cargo build", "sccache"},
		{rust + "RUN git clone https://example.com/a && cargo build", ""},
		{rust + "COPY Cargo.toml ./\nRUN --mount=type=bind,source=Cargo.lock,target=Cargo.lock cargo fetch\nCOPY src src\nRUN cargo build", "manifests-first"},
	} {
		f := judge(t, "Dockerfile", map[string]string{"Dockerfile": c.text})
		got, k := "", f.Stages[0].Caching
		switch {
		case k.Cached:
			got = k.How
		case k.Applies:
			got = fmt.Sprintf("no, run %d", k.Run)
			if k.Unlocked >= 0 {
				got += fmt.Sprintf(", unlocked %d", k.Unlocked)
			}
		}
		if got != c.want {
			t.Errorf("%s:\n got %q\nwant %q", c.text, got, c.want)
		}
	}
}

// TestLockIgnored looks at a lock that the ignore file keeps from the builder.
func TestLockIgnored(t *testing.T) {
	const text = "FROM rust:1.82\nWORKDIR /src\nCOPY . .\nRUN cargo build --release"
	for ignore, want := range map[string]int{"target": -1, "*.lock": 0, "Cargo.lock\n!Cargo.lock": -1, "*": -1, "*\n!src\n!Cargo.toml": 0} {
		if got := judge(t, "Dockerfile", map[string]string{"Dockerfile": text, ".dockerignore": ignore}).Stages[0].Caching.Unlocked; got != want {
			t.Errorf("%q: %d, want %d", ignore, got, want)
		}
	}
}

func TestProgram(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"COPY app /app\nENTRYPOINT [\"/app\"]", "/app copy 0 owner 0"},
		{"WORKDIR /srv\nCOPY --chown=1000 app .\nUSER 1000\nCMD [\"./app\"]", "./app copy 0 owner 1000 replaceable"},
		{"WORKDIR /srv\nCOPY --chown=1000 --chmod=0555 app .\nUSER 1000\nCMD [\"./app\"]", "./app copy 0 owner 1000"},
		{"COPY app /usr/local/bin/\nCMD app --flag", "app shell copy 0 owner 0"},
		{"COPY app /usr/local/bin/\nENTRYPOINT [\"tini\", \"--\", \"app\"]", "app copy 0 owner 0"},
		{"COPY app /usr/local/bin/\nENTRYPOINT [\"gosu\", \"nobody\", \"app\"]", "app copy 0 owner 0"},
		{"COPY app /app/app\nVOLUME /app\nENTRYPOINT [\"sh\", \"-c\", \"exec /app/app\"]", "/app/app shell copy 0 owner 0 in /app"},
		{"RUN useradd -u 1000 app\nCOPY --chown=app app /app\nUSER 1000\nCMD [\"/app\"]", "/app copy 0 owner app replaceable"},
		{"COPY --chown=nonroot app /app\nUSER 65532\nCMD [\"/app\"]", "/app copy 0 owner nonroot replaceable"},
		{"CMD [\"nginx\"]", "nginx"},
		{"ENTRYPOINT [\"/start.sh\"]\nCOPY bin /\nCOPY start.sh /start.sh", "/start.sh copy 1 owner 0"},
		{"RUN true", ""},
		{"CMD [\"sh\"]", "sh shell"},
	} {
		f := judge(t, "Dockerfile", map[string]string{"Dockerfile": "FROM debian:12\n" + c.text})
		p := f.Stages[0].Program
		got := p.Name
		if p.Shell {
			got += " shell"
		}
		if p.Copy >= 0 {
			got += fmt.Sprintf(" copy %d owner %s", p.Copy, p.Owner)
		}
		if p.Hidden != "" {
			got += " in " + p.Hidden
		}
		if p.Replaceable {
			got += " replaceable"
		}
		if got != c.want {
			t.Errorf("%s:\n got %q\nwant %q", c.text, got, c.want)
		}
	}
}

// TestLacks looks at shells and at the tools of health checks.
func TestLacks(t *testing.T) {
	const check = "\nHEALTHCHECK CMD curl -f http://localhost/ || exit 1"
	for _, c := range []struct{ text, want string }{
		{"FROM scratch" + check, "absent shell"},
		{"FROM scratch\nCOPY --from=busybox:musl /bin/busybox /bin/sh" + check, "unknown "},
		{"FROM scratch\nADD rootfs.tar /" + check, "unknown "},
		{"FROM scratch\nCOPY app /app\nHEALTHCHECK CMD [\"curl\", \"x\"]", "absent curl"},
		{"FROM debian:12" + check, "present curl"},
		{"FROM debian:12\nRUN apt-get install -y curl" + check, "present "},
		{"FROM debian:12\nCOPY x.sh /\nRUN sh /x.sh" + check, "present "},
		{"FROM debian:12\nARG PKGS\nRUN apt-get install -y $PKGS" + check, "present "},
		{"FROM debian:12\nHEALTHCHECK CMD wget x || curl y", "present "},
		{"FROM alpine:3.20\nHEALTHCHECK CMD wget x", "present "},
		{"FROM alpine:3.20" + check, "present curl"},
		{"FROM fedora:41" + check, "present "},
		{"FROM python:3.12" + check, "present "},
		{"FROM python:3.12-slim" + check, "present curl"},
		{"FROM example.com/base" + check, "unknown "},
	} {
		f := judge(t, "Dockerfile", map[string]string{"Dockerfile": c.text})
		s := f.Stages[0]
		if got := s.System.Shell + " " + s.Healthcheck.Lacks; got != c.want {
			t.Errorf("%s:\n got %q\nwant %q", c.text, got, c.want)
		}
	}
}

func TestCompiles(t *testing.T) {
	for text, want := range map[string]bool{
		"FROM rust:1.82\nRUN cargo build\nCMD [\"target/release/app\"]":        true,
		"FROM rust:1.82 AS b\nRUN cargo build\nFROM b\nCMD [\"/app\"]":         true,
		"FROM rust:1.82\nRUN cargo build\nCMD [\"cargo\", \"run\"]":            true,
		"FROM rust:1.82\nRUN cargo build\nCMD [\"cargo\", \"test\"]":           false,
		"FROM rust:1.82\nRUN cargo build\nCMD [\"bash\"]":                      false,
		"FROM rust:1.82\nRUN cargo build":                                      false,
		"FROM rust:1.82\nRUN cargo --version\nCMD [\"/app\"]":                  false,
		"FROM debian:12\nRUN make\nCMD [\"/app\"]":                             false,
		"FROM buildpack-deps:bookworm-scm\nRUN make\nCMD [\"/app\"]":           false,
		"FROM maven:3-jdk-8\nRUN mvn package\nCMD [\"java\", \"-jar\", \"a\"]": true,
	} {
		f := judge(t, "Dockerfile", map[string]string{"Dockerfile": text})
		if got := f.Stages[f.Final].Compiles; got != want {
			t.Errorf("%s: got %t", text, got)
		}
	}
}
