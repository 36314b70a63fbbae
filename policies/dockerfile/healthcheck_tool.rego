# METADATA
# title: Health check uses what the image does not have
# description: >-
#   The check fails each time, and the container counts as unhealthy although it works: it is restarted, or never gets
#   traffic.
# related_resources:
#   - https://docs.docker.com/reference/dockerfile/#healthcheck
# custom:
#   severity: medium
#   remediation: Let the program check itself with a subcommand, or install the tool that the check uses.
#   bad: |
#     FROM gcr.io/distroless/cc-debian12:nonroot
#     COPY ledger /ledger
#     HEALTHCHECK CMD ["curl", "-f", "http://localhost:8080/healthz"]
#     ENTRYPOINT ["/ledger"]
#   good: |
#     FROM debian:12-slim AS fetched
#     RUN apt-get update && apt-get install -y --no-install-recommends curl && rm -rf /var/lib/apt/lists/*
#     HEALTHCHECK CMD curl -f http://localhost:8080/healthz || exit 1
#     FROM alpine:3.23 AS small
#     HEALTHCHECK CMD wget -qO- http://localhost:8080/healthz || exit 1
#     FROM debian:12-slim AS scripted
#     COPY setup.sh /
#     RUN /setup.sh
#     HEALTHCHECK CMD curl -f http://localhost:8080/healthz
#     FROM gcr.io/distroless/cc-debian12:nonroot
#     COPY ledger /ledger
#     HEALTHCHECK CMD ["/ledger", "healthcheck"]
#     ENTRYPOINT ["/ledger"]
package policies.dockerfile.healthcheck_tool

deny contains {"at": ["stages", i, "healthcheck"], "msg": msg} if {
	some i, stage in input.stages
	stage.healthcheck.lacks != ""
	not stage.healthcheck.command.inherited
	msg := sprintf("the health check runs %s, which %s does not have and nothing installs", [what(stage.healthcheck.lacks), stage.system.image])
}

what("shell") := "a shell"

what(tool) := tool if tool != "shell"
