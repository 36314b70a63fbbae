# METADATA
# title: Build copies what no image needs
# description: >-
#   The whole context is sent to the builder and copied, with the repository's history, local secrets or what earlier
#   builds left. Each commit and each local build then changes the layer, so that all that follows is built anew, and
#   the secrets are in the build cache.
# related_resources:
#   - https://docs.docker.com/build/concepts/context/#dockerignore-files
#   - https://docs.docker.com/build/cache/optimize/#keep-the-context-small
# custom:
#   severity: low
#   cwe: [527]
#   remediation: Name them in .dockerignore.
#   bad: |
#     -- Dockerfile --
#     FROM debian:12 AS build
#     COPY . /src
#     RUN make -C /src
#     FROM debian:12
#     COPY --from=build /src/out/app /app
#     USER 10001
#     -- .dockerignore --
#     docs
#   good: |
#     -- Dockerfile --
#     FROM debian:12 AS build
#     COPY . /src
#     RUN make -C /src
#     FROM debian:12
#     COPY --from=build /src/out/app /app
#     USER 10001
#     -- .dockerignore --
#     **
#     !src
#     !Cargo.*
#     -- Cargo.toml --
#     [package]
#     name = "app"
#     edition = "2024"
#     rust-version = "1.85"
#     -- Cargo.lock --
#     version = 4
#
#     [[package]]
#     name = "app"
#     version = "0.0.0"
package policies.dockerfile.context_unfiltered

deny contains {"at": ["stages", i, "copies", j], "msg": msg} if {
	some i, stage in input.stages
	some j, copy in stage.copies
	copy.whole
	names := [entry.name | some entry in input.context.entries; needless(entry, stage.base_of_final)]
	count(names) > 0
	msg := sprintf("the whole build context is copied, with %s: %s", [concat(", ", names), ignored])
}

# What reaches the final image is a finding of context_in_image.
needless(entry, _) if {
	entry.kind == "build"
	not entry.excluded
}

needless(entry, final) if {
	not final
	not entry.excluded
}

ignored := "there is no .dockerignore" if input.context.ignore == ""

ignored := sprintf("%s does not exclude them", [input.context.ignore]) if input.context.ignore != ""
