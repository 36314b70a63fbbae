# METADATA
# title: Support of the base image's distribution ends soon
# description: >-
#   A release that gets no security updates in a few weeks needs a successor that has been tested by then;
#   moving to another C library and other packages takes longer than a rebuild.
# related_resources:
#   - https://wiki.debian.org/LTS
#   - https://alpinelinux.org/releases/
#   - https://ubuntu.com/about/release-cycle
# custom:
#   severity: medium
#   cwe: [1104]
#   parameters:
#     days:
#       description: How many days before its end a release is reported.
#       default: 90
#       stricter: higher
#     lts:
#       description: Whether free long-term support by the project itself, which Debian has, counts as support.
#       default: true
#   remediation: Plan the move to a newer release, and build on it before the date.
#   bad: |
#     FROM fedora:43
#     USER 10001
#   good: |
#     FROM debian:13-slim
#     USER 10001
package policies.dockerfile.base_end_of_life_soon

import data.policies.lib.support

settings := data.parameters.dockerfile.base_end_of_life_soon

deny contains {"at": ["stages", i, "base"], "msg": msg} if {
	some i, stage in input.stages
	stage.base_of_final
	stage.base.kind == "image"
	last := support.last(stage.system, settings.lts)
	days := support.days(last)
	days >= 0
	days <= settings.days
	msg := sprintf("the support of %s %s, which %s is, ends in %d days, on %s", [stage.system.distribution, stage.system.version, stage.base.name, days, last])
}
