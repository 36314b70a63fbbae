package main

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"text/template"
)

// seed makes the corpus the same on every machine.
const seed = 20260214

// A service is what the templates of the corpus are filled with.
type service struct {
	N                     int
	Name, Team, Base, Run string
	User, Port, Memory    int
	Root, ReadOnly, Cache bool
	Packages, Vars        []string
}

var (
	teams    = []string{"ledger", "payments", "search", "identity", "media", "shipping", "pricing"}
	bases    = []string{"debian:12", "debian:12-slim", "ubuntu:24.04", "alpine:3.20", "gcr.io/distroless/static-debian12:nonroot", "gcr.io/distroless/cc-debian12"}
	packages = []string{"ca-certificates", "libssl3", "tzdata", "curl", "libpq5", "tini", "jq", "procps"}
	vars     = []string{"RUST_LOG=info", "LISTEN=0.0.0.0:8080", "WORKERS=4", "CACHE_DIR=/var/cache/app", "TZ=UTC", "RUST_BACKTRACE=1", "OTEL_SERVICE_NAME=app"}
)

func services(n int) []service {
	r := rand.New(rand.NewPCG(seed, seed))
	pick := func(list []string) string { return list[r.IntN(len(list))] }
	some := func(list []string) []string {
		var out []string
		for _, s := range list {
			if r.IntN(2) == 0 {
				out = append(out, s)
			}
		}
		return append(out, list[0])
	}
	all := make([]service, n)
	for i := range all {
		team := pick(teams)
		all[i] = service{
			N: i, Name: fmt.Sprintf("%s-%04d", team, i), Team: team, Base: pick(bases), Run: pick(bases[:4]),
			User: 1000 + r.IntN(60000), Port: 8000 + r.IntN(2000), Memory: 64 << r.IntN(6),
			Root: r.IntN(4) == 0, ReadOnly: r.IntN(3) > 0, Cache: r.IntN(2) == 0,
			Packages: some(packages), Vars: some(vars),
		}
	}
	return all
}

var dockerfiles = template.Must(template.New("").Parse(`# syntax=docker/dockerfile:1
ARG RUST_VERSION=1.95.0
FROM rust:${RUST_VERSION}-slim-bookworm AS builder
WORKDIR /src
ENV CARGO_TERM_COLOR=always \
    CARGO_INCREMENTAL=0
RUN apt-get update \
    && apt-get install -y --no-install-recommends pkg-config libssl-dev \
    && rm -rf /var/lib/apt/lists/*
COPY Cargo.toml Cargo.lock ./
COPY crates crates
{{if .Cache}}RUN --mount=type=cache,target=/usr/local/cargo/registry \
    --mount=type=cache,target=/src/target \
    cargo build --release --locked --bin {{.Name}} && cp target/release/{{.Name}} /usr/local/bin/
{{else}}RUN cargo build --release --locked --bin {{.Name}} \
    && install -m 0755 target/release/{{.Name}} /usr/local/bin/{{.Name}}
{{end}}
FROM builder AS test
RUN cargo test --locked --workspace

FROM {{.Run}} AS runtime
LABEL org.opencontainers.image.title="{{.Name}}" \
      org.opencontainers.image.vendor="{{.Team}}"
{{range .Vars}}ENV {{.}}
{{end}}RUN set -eux; \
    apt-get update; \
    apt-get install -y --no-install-recommends{{range .Packages}} {{.}}{{end}}; \
    rm -rf /var/lib/apt/lists/*; \
    groupadd --gid {{.User}} app; \
    useradd --uid {{.User}} --gid app --no-create-home --shell /usr/sbin/nologin app
COPY --from=builder /usr/local/bin/{{.Name}} /usr/local/bin/{{.Name}}
EXPOSE {{.Port}}
HEALTHCHECK --interval=30s --timeout=3s CMD ["/usr/local/bin/{{.Name}}", "health"]
{{if not .Root}}USER {{.User}}:{{.User}}
{{end}}ENTRYPOINT ["/usr/local/bin/{{.Name}}"]
CMD ["serve", "--port", "{{.Port}}"]
`))

var manifests = template.Must(template.New("").Parse(`# {{.Name}}, owned by {{.Team}}
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{.Name}}
  namespace: {{.Team}}
  labels: &labels
    app.kubernetes.io/name: {{.Name}}
    app.kubernetes.io/part-of: {{.Team}}
  annotations:
    example.com/owner: "{{.Team}}@example.com"
spec:
  replicas: 3
  revisionHistoryLimit: 5
  selector:
    matchLabels: *labels
  strategy:
    type: RollingUpdate
    rollingUpdate: {maxSurge: 1, maxUnavailable: 0}
  template:
    metadata:
      labels: *labels
    spec:
      automountServiceAccountToken: false
      securityContext:
        runAsNonRoot: {{not .Root}}
        fsGroup: {{.User}}
        seccompProfile: {type: RuntimeDefault}
      initContainers:
        - name: migrate
          image: registry.example.com/{{.Team}}/{{.Name}}:1.{{.N}}.0
          args: ["migrate", "--wait"]
          securityContext:
            allowPrivilegeEscalation: false
            readOnlyRootFilesystem: true
            capabilities: {drop: ["ALL"]}
      containers:
        - name: {{.Team}}
          image: registry.example.com/{{.Team}}/{{.Name}}:1.{{.N}}.0
          args: ["serve"]
          ports:
            - {name: http, containerPort: {{.Port}}, protocol: TCP}
            - {name: metrics, containerPort: 9090, protocol: TCP}
          env:
{{range .Vars}}            - name: X_{{$.N}}_{{len .}}_{{slice . 0 2}}
              value: "{{.}}"
{{end}}            - name: DATABASE_PASSWORD
              valueFrom:
                secretKeyRef: {name: {{.Name}}-db, key: password}
          resources:
            requests: {cpu: 100m, memory: {{.Memory}}Mi}
            limits: {memory: {{.Memory}}Mi}
          readinessProbe:
            httpGet: {path: /ready, port: http}
            periodSeconds: 5
          livenessProbe:
            httpGet: {path: /live, port: http}
            periodSeconds: 10
          securityContext:
            allowPrivilegeEscalation: false
            readOnlyRootFilesystem: {{.ReadOnly}}
            capabilities: {drop: ["ALL"]}
          volumeMounts:
            - {name: tmp, mountPath: /tmp}
      volumes:
        - name: tmp
          emptyDir: {medium: Memory, sizeLimit: 64Mi}
`))

// writeCorpus writes n files of a template below dir, each into a folder of its own.
func writeCorpus(dir, file string, t *template.Template, n int) error {
	for _, s := range services(n) {
		var b bytes.Buffer
		if err := t.Execute(&b, s); err != nil {
			return err
		}
		sub := filepath.Join(dir, s.Name)
		if err := os.MkdirAll(sub, 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(sub, file), b.Bytes(), 0o644); err != nil {
			return err
		}
	}
	return nil
}
