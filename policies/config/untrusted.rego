# METADATA
# title: Setting that only trusted configuration may make
# description: >-
#   The gate does not trust the tree that it judges. Its configuration may demand more; this setting would
#   loosen the gate, so it has no effect.
# custom:
#   severity: medium
#   cwe: [807]
#   precision: very-high
#   remediation: Remove the setting, or run the gate with --trusted-ref or --config once the setting is reviewed.
#   bad: |
#     fail_on = "critical"
#     [rules."dockerfile/root_user"]
#     enabled = false
#   good: |
#     fail_on = "medium"
#     [evidence.scan]
#     required = true
package policies.config.untrusted

deny contains {"at": ["refused", i], "msg": msg} if {
	some i, setting in input.refused
	msg := sprintf("%s has no effect: %s", [setting.name, setting.reason])
}
