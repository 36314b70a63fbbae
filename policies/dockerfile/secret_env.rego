# METADATA
# title: ENV holds a secret
# description: >-
#   Everyone who can pull the image can read its environment with docker inspect, and every process of
#   every container inherits it. A build argument that ENV copies is in the image too.
# related_resources:
#   - https://docs.docker.com/build/building/secrets/
#   - https://docs.docker.com/reference/build-checks/secrets-used-in-arg-or-env/
# custom:
#   severity: critical
#   cwe: [798, 526]
#   equivalent:
#     - buildkit:SecretsUsedInArgOrEnv
#     - hadolint:DL3064
#     - trivy:DS-0031
#     - dockle:CIS-DI-0010
#     - kics:passwords and secrets
#     - cis-docker:4.10
#   non_negotiable: true
#   remediation: Change the secret, take it out of the file, and let the process read it from a file that is mounted when it runs.
#   bad: |
#     FROM debian:12
#     ENV DATABASE_PASSWORD=Tr0ub4dor-3x
#     USER 10001
#   good: |
#     FROM debian:12
#     ARG VERSION=1.4.2
#     ENV DATABASE_PASSWORD_FILE=/run/secrets/database TOKEN_URL=https://example.com/token \
#         VERSION=$VERSION API_KEY=
#     USER 10001
package policies.dockerfile.secret_env

deny contains {"at": ["stages", i, "env", j], "msg": msg} if {
	some i, stage in input.stages
	some j, variable in stage.env
	variable.leak == "value"
	msg := sprintf("%s holds a secret: %s (%s)", [variable.name, variable.secret.masked, variable.secret.reason])
}

deny contains {"at": ["stages", i, "env", j], "msg": msg} if {
	some i, stage in input.stages
	some j, variable in stage.env
	variable.leak == "argument"
	msg := sprintf("%s keeps the build argument %s in the image", [variable.name, concat(", ", variable.args)])
}
