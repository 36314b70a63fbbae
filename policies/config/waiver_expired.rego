# METADATA
# title: Waiver has expired
# description: >-
#   A waiver is a decision for a while. After its last day it covers nothing: the risk must be judged again,
#   by fixing the finding or by deciding anew.
# custom:
#   severity: high
#   precision: very-high
#   remediation: Fix what the waiver covered and remove it, or decide again and set a new last day.
#   bad: |
#     [[waiver]]
#     rule = "dockerfile/root_user"
#     path = "services/api/Dockerfile"
#     reason = "the base image starts as root until its version 3"
#     owner = "platform team"
#     expires = 2024-01-31
#   good: |
#     [[waiver]]
#     rule = "dockerfile/root_user"
#     path = "services/api/Dockerfile"
#     reason = "the base image starts as root until its version 3"
#     owner = "platform team"
#     expires = 2999-12-31
package policies.config.waiver_expired

deny contains {"at": ["waivers", i, "expires"], "msg": msg} if {
	some i, waiver in input.waivers
	waiver.expired
	msg := sprintf("the waiver of %s for %s expired on %s; its owner is %s", [waiver.rule, waiver.about, waiver.expires, waiver.owner])
}
