# METADATA
# title: Instruction uses the network of the builder
# description: >-
#   --network=host reaches every service that listens on the builder's own addresses, the metadata
#   service of a cloud among them.
# related_resources:
#   - https://docs.docker.com/reference/dockerfile/#run---network
# custom:
#   severity: medium
#   cwe: [668]
#   remediation: Take --network=host out, or use --network=none where nothing is downloaded.
#   bad: |
#     FROM debian:12
#     RUN --network=host ./test.sh
#   good: |
#     FROM debian:12
#     RUN --network=none ./test.sh
#     RUN --network=default ./fetch.sh
package policies.dockerfile.run_network_host

deny contains {"at": ["stages", i, "runs", j], "msg": "RUN --network=host shares the network of the builder"} if {
	some i, stage in input.stages
	some j, run in stage.runs
	run.network == "host"
}
