# METADATA
# title: Copied file is excluded by the ignore file
# description: >-
#   What the ignore file names does not reach the builder: the build stops because the file is not there, or a pattern
#   matches fewer files than it seems to.
# related_resources:
#   - https://docs.docker.com/reference/build-checks/copy-ignored-file/
# custom:
#   severity: medium
#   equivalent:
#     - buildkit:CopyIgnoredFile
#   remediation: Take the pattern out of the ignore file, or the file out of the instruction.
#   bad: |
#     -- Dockerfile --
#     FROM debian:12
#     COPY target/release/ledger /usr/local/bin/
#     USER 10001
#     -- .dockerignore --
#     target
#   good: |
#     -- Dockerfile --
#     FROM debian:12 AS build
#     COPY . .
#     FROM debian:12
#     COPY --from=build target/release/ledger /usr/local/bin/
#     COPY LICENSE /usr/share/doc/ledger/
#     USER 10001
#     -- .dockerignore --
#     target
#     .git
package policies.dockerfile.ignored_source

deny contains {"at": ["stages", i, "copies", j], "msg": msg, "related": patterns} if {
	some i, stage in input.stages
	some j, copy in stage.copies
	some source in copy.ignored
	msg := sprintf("%s is copied, and %s excludes it", [source, input.context.ignore])
	name := trim_prefix(source, "./")
	patterns := [["context", "patterns", k] | some k, p in input.context.patterns; p.name == name]
}
