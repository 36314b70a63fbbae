# METADATA
# title: Image is built on a distribution that is no longer supported
# description: >-
#   A release behind its end of life gets no security updates: what is found in it from then on stays in every
#   image, however often it is rebuilt. What counts is the distribution under the final stage, whatever the
#   image is called.
# related_resources:
#   - https://wiki.debian.org/LTS
#   - https://alpinelinux.org/releases/
#   - https://ubuntu.com/about/release-cycle
# custom:
#   severity: high
#   cwe: [1104, 1395]
#   equivalent:
#     - cis-docker:4.4
#   parameters:
#     lts:
#       description: Whether free long-term support by the project itself, which Debian has, counts as support.
#       default: true
#   remediation: Build on a release that is supported, and rebuild.
#   bad: |
#     FROM alpine:3.15 AS base
#     FROM base
#     USER 10001
#   good: |
#     FROM debian:10-slim AS build
#     RUN make
#     FROM debian:13-slim
#     COPY --from=build /out/app /app
#     USER 10001
package policies.dockerfile.base_end_of_life

import data.policies.lib.support

deny contains {"at": ["stages", i, "base"], "msg": msg} if {
	some i, stage in input.stages
	stage.base_of_final
	stage.base.kind == "image"
	last := support.last(stage.system, data.parameters.dockerfile.base_end_of_life.lts)
	support.days(last) < 0
	msg := sprintf("the support of %s %s, which %s is, ended on %s", [stage.system.distribution, stage.system.version, stage.base.name, last])
}
