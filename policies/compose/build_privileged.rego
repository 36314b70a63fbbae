# METADATA
# title: Compose service is built with privileges
# description: >-
#   A step of the build then has all capabilities of the builder's host, and it runs code of the base
#   image, of packages and of dependencies.
# related_resources:
#   - https://github.com/compose-spec/compose-spec/blob/main/build.md#privileged
#   - https://github.com/compose-spec/compose-spec/blob/main/build.md#entitlements
# custom:
#   severity: high
#   cwe: [250]
#   remediation: Remove the privilege from the build, and do in a service at run time what needs it.
#   bad: |
#     services:
#       ledger:
#         build:
#           context: .
#           entitlements: [security.insecure]
#   good: |
#     services:
#       ledger:
#         build:
#           context: .
#           entitlements: [network.host]
package policies.compose.build_privileged

deny contains {"at": ["services", i, "build", "privileged"], "msg": msg} if {
	some i, s in input.services
	s.build.privileged.on
	msg := sprintf("service %q is built with privileges", [s.name])
}

deny contains {"at": ["services", i, "build", "entitlements", j], "msg": msg} if {
	some i, s in input.services
	some j, e in s.build.entitlements
	e.name == "security.insecure"
	msg := sprintf("the build of service %q may use %s", [s.name, e.name])
}
