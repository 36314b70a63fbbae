# METADATA
# title: Whole file system of a stage is copied
# description: >-
#   Everything that the stage has arrives in the image: sources, caches, compilers, and credentials that a RUN left
#   behind. Only on scratch, where nothing else is, can that be the purpose, or of an image that is made to be laid
#   over others: tonistiigi/xx.
# related_resources:
#   - https://docs.docker.com/build/building/best-practices/#use-multi-stage-builds
# custom:
#   severity: medium
#   cwe: [1269]
#   equivalent:
#     - hadolint:DL3067
#   remediation: Copy the files that the image needs.
#   bad: |
#     FROM debian:12 AS build
#     RUN make
#     FROM debian:12
#     COPY --from=build / /
#     USER 10001
#   good: |
#     FROM tonistiigi/xx:1.6.1 AS xx
#     FROM debian:12 AS build
#     COPY --from=xx / /
#     RUN make
#     FROM scratch AS flat
#     COPY --from=build / /
#     FROM debian:12
#     COPY --from=build /app /
#     COPY --from=build / /rootfs
#     COPY / /
#     USER 10001
package policies.dockerfile.copy_root

deny contains {"at": ["stages", i, "copies", j], "msg": msg} if {
	some i, stage in input.stages
	stage.base.kind != "scratch"
	some j, copy in stage.copies
	copy.from != ""
	copy.destination == "/"
	"/" in copy.sources
	not overlay(copy)
	msg := sprintf("COPY takes the whole file system of %s", [copy.from])
}

overlay(copy) if startswith(copy.from, "tonistiigi/xx")

overlay(copy) if {
	copy.stage >= 0
	input.stages[copy.stage].base.repository == "tonistiigi/xx"
}
