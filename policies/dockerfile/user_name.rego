# METADATA
# title: USER is a name
# description: >-
#   Kubernetes cannot prove that a name is not root and refuses the container under runAsNonRoot, and file servers
#   and hosts know numbers only.
# related_resources:
#   - https://docs.docker.com/reference/dockerfile/#user
#   - https://kubernetes.io/docs/concepts/security/pod-security-standards/
# custom:
#   severity: low
#   equivalent:
#     - hadolint:DL3066
#   remediation: Write the number of the account, as in USER 10001.
#   bad: |
#     FROM debian:12
#     RUN useradd --uid 10001 app
#     USER app
#   good: |
#     FROM debian:12 AS build
#     USER builder
#     FROM gcr.io/distroless/static-debian12:nonroot AS other
#     FROM debian:12
#     ARG APP_UID
#     USER 10001:10001
#     USER ${APP_UID}
package policies.dockerfile.user_name

deny contains {"at": ["stages", input.final, "user"], "msg": msg} if {
	user := input.stages[input.final].user
	user.known
	not user.numeric
	not user.root
	lower(user.name) != "containeruser" # Windows has no numbers
	user.from != "base"
	msg := sprintf("USER %s is no number", [user.value])
}
