# METADATA
# title: Instruction runs without the sandbox
# description: >-
#   --security=insecure runs the command with all capabilities and without seccomp on the machine that
#   builds: what it downloads can take over the builder and every later image.
# related_resources:
#   - https://docs.docker.com/reference/dockerfile/#run---security
# custom:
#   severity: high
#   cwe: [250]
#   remediation: Take --security=insecure out; build what needs it elsewhere.
#   bad: |
#     FROM debian:12
#     RUN --security=insecure mount -t tmpfs none /mnt
#   good: |
#     FROM debian:12
#     RUN --security=sandbox true
package policies.dockerfile.run_insecure

deny contains {"at": ["stages", i, "runs", j], "msg": "RUN --security=insecure runs with all privileges of the builder"} if {
	some i, stage in input.stages
	some j, run in stage.runs
	run.security == "insecure"
}
