# METADATA
# title: The gate's configuration changes
# description: >-
#   sallyport.toml differs from the version that is trusted. The change has no effect that would loosen the
#   gate until it is merged, and from then on it counts: whoever reviews it decides for all that follows.
# custom:
#   severity: medium
#   cwe: [807]
#   precision: very-high
#   remediation: Have the owners of the gate review the change on its own.
#   bad: |
#     -- trusted/sallyport.toml --
#     fail_on = "medium"
#     -- sallyport.toml --
#     fail_on = "critical"
#   good: |
#     -- trusted/sallyport.toml --
#     fail_on = "medium"
#     -- sallyport.toml --
#     fail_on = "medium"
package policies.config.changed

deny contains {"at": ["changed"], "msg": msg} if {
	input.changed
	msg := sprintf("%s differs from its version at %s", [input.path, input.trusted_ref])
}
