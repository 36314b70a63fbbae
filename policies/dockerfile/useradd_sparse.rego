# METADATA
# title: Large user id without --no-log-init
# description: >-
#   useradd writes an entry for every lower id into lastlog and faillog. The file is sparse on disk, but
#   not in a layer: a user id of 100 million makes an image of gigabytes.
# related_resources:
#   - https://docs.docker.com/build/building/best-practices/#user
# custom:
#   severity: low
#   cwe: [400]
#   equivalent:
#     - hadolint:DL3046
#   remediation: Add --no-log-init to useradd.
#   bad: |
#     FROM debian:12
#     RUN useradd -u 123456 app
#   good: |
#     FROM debian:12
#     RUN useradd --no-log-init -u 123456 a && useradd -lu 123457 b && useradd -u 10001 c && useradd d && adduser --uid 123458 e
package policies.dockerfile.useradd_sparse

deny contains {"at": ["stages", i, "runs", account.run, "commands", account.command], "msg": msg} if {
	some i, stage in input.stages
	some account in stage.accounts
	account.program == "useradd"
	account.id >= 100000
	not account.no_log_init
	msg := sprintf("useradd of %s with the id %d makes a large lastlog", [account.name, account.id])
}
