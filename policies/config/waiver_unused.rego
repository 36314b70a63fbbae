# METADATA
# title: Waiver covers no finding
# description: >-
#   Nothing that the gate finds is what this waiver is about. Left in place, it would cover the next such
#   finding without anybody deciding.
# custom:
#   severity: medium
#   precision: very-high
#   remediation: Remove the waiver, or correct its rule, path, place or fingerprint.
#   bad: |
#     [[waiver]]
#     rule = "dockerfile/root_user"
#     path = "services/api/Dockerfile"
#     reason = "the base image starts as root until its version 3"
#     owner = "platform team"
#     expires = 2999-12-31
#   good: |
#     fail_on = "medium"
package policies.config.waiver_unused

deny contains {"at": ["waivers", i], "msg": msg} if {
	some i, waiver in input.waivers
	not waiver.used
	not waiver.expired
	waiver.judged
	msg := sprintf("the waiver of %s for %s covers no finding; its owner is %s", [waiver.rule, waiver.about, waiver.owner])
}
