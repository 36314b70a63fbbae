# METADATA
# title: Instruction holds a secret
# description: >-
#   What RUN, COPY, CMD, ENTRYPOINT, HEALTHCHECK and LABEL say is kept in the history and the
#   configuration of the image, and docker history shows it to everyone who can pull it.
# related_resources:
#   - https://docs.docker.com/build/building/secrets/
# custom:
#   severity: critical
#   cwe: [798]
#   equivalent:
#     - trivy:DS-0031
#     - kics:passwords and secrets
#     - cis-docker:4.10
#   non_negotiable: true
#   remediation: Change the secret, and read it in RUN from --mount=type=secret, or at run time from a mounted file.
#   bad: |
#     FROM debian:12
#     RUN export DEPLOY_PASSWORD=Tr0ub4dor-3x && ./deploy.sh
#     USER 10001
#   good: |
#     FROM debian:12
#     RUN --mount=type=secret,id=deploy \
#         DEPLOY_PASSWORD=$(cat /run/secrets/deploy) TOKEN_FILE=/run/secrets/token ./deploy.sh
#     USER 10001
package policies.dockerfile.secret_run

deny contains {"at": ["stages", i, "secrets", j], "msg": msg} if {
	some i, stage in input.stages
	some j, secret in stage.secrets
	msg := sprintf("%s holds a secret: %s (%s)", [holder(secret), secret.masked, secret.reason])
}

holder(secret) := sprintf("%s in %s", [secret.variable, upper(secret.instruction)]) if secret.variable != ""

holder(secret) := upper(secret.instruction) if secret.variable == ""
