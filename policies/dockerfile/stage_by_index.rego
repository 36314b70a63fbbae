# METADATA
# title: COPY --from counts stages
# description: >-
#   A number means another stage as soon as somebody adds one above, and the build goes on without a word.
# related_resources:
#   - https://docs.docker.com/build/building/multi-stage/#name-your-build-stages
# custom:
#   severity: low
#   equivalent:
#     - kics:using unnamed build stages
#   remediation: Name the stage with AS, and copy from that name.
#   bad: |
#     FROM debian:12
#     RUN make
#     FROM debian:12
#     COPY --from=0 /app /app
#     USER 10001
#   good: |
#     FROM debian:12 AS build
#     RUN make
#     FROM debian:12
#     COPY --from=build /app /app
#     COPY 0 /zero
#     USER 10001
package policies.dockerfile.stage_by_index

deny contains {"at": ["stages", i, "copies", j], "msg": msg} if {
	some i, stage in input.stages
	some j, copy in stage.copies
	copy.reference == "index"
	msg := sprintf("COPY --from=%s names a stage by its number", [copy.from])
}
