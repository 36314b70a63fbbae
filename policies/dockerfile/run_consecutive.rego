# METADATA
# title: Single commands stand in RUN instructions of their own
# description: >-
#   Each RUN of the final image is a layer, and what a later one deletes stays in the earlier one.
# related_resources:
#   - https://docs.docker.com/build/building/best-practices/#run
# custom:
#   severity: low
#   equivalent:
#     - hadolint:DL3059
#     - kics:multiple run add copy instructions listed
#   remediation: Join the commands with && in one RUN, or in a here-document.
#   bad: |
#     FROM debian:12
#     RUN useradd app
#     RUN mkdir /data
#   good: |
#     FROM debian:12 AS build
#     RUN make deps
#     RUN make
#     FROM debian:12
#     RUN useradd app
#     WORKDIR /data
#     RUN chown app /data
#     RUN --mount=type=secret,id=a ./one.sh
#     RUN apt-get update && apt-get install -y --no-install-recommends curl=8.* && rm -rf /var/lib/apt/lists/*
#     RUN ldconfig
package policies.dockerfile.run_consecutive

deny contains {"at": ["stages", i, "runs", j], "msg": "this RUN and the one before hold one command each"} if {
	some i, stage in input.stages
	kept(stage)
	some j, run in stage.runs
	run.follows
	count(run.commands) == 1
	count(stage.runs[j - 1].commands) == 1
}

# Layers of other stages are thrown away.
kept(stage) if stage.final

kept(stage) if stage.base_of_final
