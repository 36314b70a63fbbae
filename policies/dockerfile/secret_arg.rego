# METADATA
# title: Build argument is a secret
# description: >-
#   A default stands in the file for everyone who can read it. A secret that is passed with --build-arg
#   stays in the history of the image, in the build cache and in the provenance.
# related_resources:
#   - https://docs.docker.com/build/building/secrets/
#   - https://docs.docker.com/reference/build-checks/secrets-used-in-arg-or-env/
# custom:
#   severity: high
#   cwe: [798, 522]
#   equivalent:
#     - buildkit:SecretsUsedInArgOrEnv
#     - hadolint:DL3064
#     - trivy:DS-0031
#     - semgrep:secret-in-build-arg
#     - cis-docker:4.10
#   non_negotiable: true
#   remediation: Pass the secret with RUN --mount=type=secret, and remove the argument.
#   bad: |
#     FROM debian:12
#     ARG NPM_TOKEN
#     RUN npm config set //registry.npmjs.org/:_authToken=$NPM_TOKEN
#     USER 10001
#   good: |
#     FROM debian:12
#     ARG TOKEN_URL=https://example.com/token
#     ARG PASSWORD_FILE SECRET_NAME
#     ARG PUBLIC_KEY
#     RUN --mount=type=secret,id=npm,target=/root/.npmrc npm ci
#     USER 10001
package policies.dockerfile.secret_arg

deny contains {"at": ["args", i], "msg": message(argument)} if {
	some i, argument in input.args
	argument.leak != ""
}

deny contains {"at": ["stages", i, "args", j], "msg": message(argument)} if {
	some i, stage in input.stages
	some j, argument in stage.args
	argument.leak != ""
}

message(argument) := msg if {
	argument.leak == "value"
	msg := sprintf("the default of %s is a secret: %s (%s)", [argument.name, argument.secret.masked, argument.secret.reason])
}

message(argument) := msg if {
	argument.leak == "name"
	msg := sprintf("%s passes a secret as a build argument", [argument.name])
}
