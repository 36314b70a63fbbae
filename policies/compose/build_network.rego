# METADATA
# title: Compose service is built in the network of the host
# description: >-
#   Steps of the build, and the code of packages that they run, then reach what listens on the builder's
#   loopback address, and the result depends on what is there.
# related_resources:
#   - https://github.com/compose-spec/compose-spec/blob/main/build.md#network
# custom:
#   severity: low
#   cwe: [653]
#   remediation: Remove network from the build, or set it to none where the build needs no network.
#   bad: |
#     services:
#       ledger:
#         build: {context: ., network: host}
#   good: |
#     services:
#       ledger:
#         build: {context: ., network: none}
package policies.compose.build_network

deny contains {"at": ["services", i, "build", "network"], "msg": msg} if {
	some i, s in input.services
	s.build.network == "host"
	msg := sprintf("service %q is built in the network of the host", [s.name])
}
