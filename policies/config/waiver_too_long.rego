# METADATA
# title: Waiver lasts too long
# description: >-
#   A waiver far into the future is a rule switched off. One that expires further ahead than is allowed, 180
#   days where trusted configuration does not say otherwise, covers nothing.
# custom:
#   severity: high
#   precision: very-high
#   remediation: Set expires to a nearer day, or raise max_waiver_days in trusted configuration.
#   bad: |
#     [[waiver]]
#     rule = "dockerfile/root_user"
#     path = "services/api/Dockerfile"
#     reason = "the base image starts as root until its version 3"
#     owner = "platform team"
#     expires = 2999-12-31
#   good: |
#     [[waiver]]
#     rule = "dockerfile/root_user"
#     path = "services/api/Dockerfile"
#     reason = "the base image starts as root until its version 3"
#     owner = "platform team"
#     expires = 2024-01-31
package policies.config.waiver_too_long

deny contains {"at": ["waivers", i, "expires"], "msg": msg} if {
	some i, waiver in input.waivers
	waiver.too_long
	msg := sprintf("the waiver of %s for %s lasts %d days, and %d are allowed", [
		waiver.rule, waiver.about, waiver.days_left,
		input.max_waiver_days,
	])
}
