# METADATA
# title: Secret is copied into a build stage
# description: >-
#   The final image does not get the file, but the layers of the stage stay on the machine that builds, and in the
#   build cache wherever that is exported to.
# related_resources:
#   - https://docs.docker.com/build/building/secrets/
# custom:
#   severity: medium
#   cwe: [538, 522]
#   remediation: Mount it for the one command that needs it, with RUN --mount=type=secret or type=ssh.
#   bad: |
#     FROM rust:1.95.0-slim-bookworm@sha256:1111111111111111111111111111111111111111111111111111111111111111 AS build
#     COPY .cargo/credentials.toml /usr/local/cargo/credentials.toml
#     RUN cargo install --locked --path .
#     FROM debian:12
#     COPY --from=build /usr/local/cargo/bin/ledger /ledger
#     USER 10001
#   good: |
#     FROM rust:1.95.0-slim-bookworm@sha256:1111111111111111111111111111111111111111111111111111111111111111 AS build
#     COPY .cargo/config.toml /usr/local/cargo/config.toml
#     RUN --mount=type=secret,id=cargo,target=/usr/local/cargo/credentials.toml cargo install --locked --path .
#     FROM debian:12
#     COPY --from=build /usr/local/cargo/bin/ledger /ledger
#     USER 10001
package policies.dockerfile.secret_copy_builder

deny contains {"at": ["stages", i, "copies", j], "msg": msg} if {
	some i, stage in input.stages
	not stage.base_of_final
	some j, copy in stage.copies
	some file in copy.sensitive
	what := holds[file.kind]
	msg := sprintf("%s %s, and stays in a layer of the build stage", [file.name, what])
}

holds := {
	"key": "is a private key",
	"credentials": "holds credentials",
	"environment": "holds the settings and secrets of one place",
}
