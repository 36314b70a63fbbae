# METADATA
# title: Image gets the repository's history or local secrets
# description: >-
#   The instruction copies the whole build context, and no ignore file leaves out what does not belong into an
#   image: .git has everything that was ever committed, and .env is the developer's own.
# related_resources:
#   - https://docs.docker.com/build/concepts/context/#dockerignore-files
# custom:
#   severity: medium
#   cwe: [527, 538]
#   equivalent:
#     - dockle:DKL-LI-0003
#   remediation: Name them in .dockerignore, or copy only what the program needs.
#   bad: |
#     FROM debian:12
#     COPY . /app
#     USER 10001
#   good: |
#     -- Dockerfile --
#     FROM debian:12 AS build
#     COPY . /src
#     FROM debian:12
#     COPY . /app
#     USER 10001
#     -- .dockerignore --
#     .git
#     .env*
#     -- .gitignore --
#     .env
#     -- .env --
#     API_TOKEN=opensesame-4711-kq
package policies.dockerfile.context_in_image

deny contains {"at": ["stages", i, "copies", j], "msg": msg} if {
	some i, stage in input.stages
	stage.base_of_final
	some j, copy in stage.copies
	copy.whole
	names := [entry.name | some entry in input.context.entries; entry.kind != "build"; not entry.excluded]
	count(names) > 0
	msg := sprintf("the whole build context is copied, with %s: %s", [concat(", ", names), ignored])
}

ignored := "there is no .dockerignore" if input.context.ignore == ""

ignored := sprintf("%s does not exclude them", [input.context.ignore]) if input.context.ignore != ""
