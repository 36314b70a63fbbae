# METADATA
# title: File with credentials is copied into the image
# description: >-
#   Whoever can pull the image has what is in the file, and a later instruction that deletes it does not take it out
#   of its layer. An environment file belongs to the place where the container runs, not to the image, which then is
#   the same everywhere.
# related_resources:
#   - https://docs.docker.com/build/building/secrets/
#   - https://docs.docker.com/build/concepts/context/#dockerignore-files
# custom:
#   severity: high
#   cwe: [538, 522]
#   equivalent:
#     - dockle:CIS-DI-0010
#     - cis-docker:4.10
#   remediation: Mount the file while the image is built (RUN --mount=type=secret), or give it to the container when it runs.
#   bad: |
#     FROM debian:12
#     COPY .env /app/.env
#     USER 10001
#   good: |
#     -- Dockerfile --
#     FROM debian:12
#     COPY .env.example .npmrc /app/
#     COPY .env /app/
#     RUN --mount=type=secret,id=netrc,target=/root/.netrc /app/fetch
#     USER 10001
#     -- .npmrc --
#     registry=https://registry.npmjs.org/
#     //registry.npmjs.org/:_authToken=${NPM_TOKEN}
#     -- .env --
#     LOG_LEVEL=info
#     PORT=8080
package policies.dockerfile.secret_copy

deny contains {"at": ["stages", i, "copies", j], "msg": msg} if {
	some i, stage in input.stages
	stage.base_of_final
	some j, copy in stage.copies
	some file in copy.sensitive
	what := holds[file.kind]
	msg := sprintf("%s holds %s, and the image gets it as %s", [file.name, what, copy.destination])
}

holds := {"credentials": "credentials", "environment": "the settings and secrets of one place"}
