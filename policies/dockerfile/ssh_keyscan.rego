# METADATA
# title: Key of an SSH host is trusted as it comes
# description: >-
#   ssh-keyscan asks the network which key to trust: whoever answers at the time of the build is
#   believed from then on.
# related_resources:
#   - https://man.openbsd.org/ssh-keyscan#SECURITY
# custom:
#   severity: medium
#   cwe: [322]
#   remediation: Copy a known_hosts file with the keys that the host publishes, or compare the fingerprint with ssh-keygen -lf.
#   bad: |
#     FROM debian:12
#     RUN ssh-keyscan github.com >> /etc/ssh/ssh_known_hosts
#   good: |
#     FROM debian:12
#     COPY known_hosts /etc/ssh/ssh_known_hosts
#     RUN ssh-keyscan example.com > keys && ssh-keygen -lf keys | grep -q SHA256:uNiVztksCsDhcc0u9e8BrqXVqDFqHUmOXqtqjzNrkqg
package policies.dockerfile.ssh_keyscan

deny contains {"at": ["stages", i, "runs", call.run, "commands", call.command], "msg": msg} if {
	some i, stage in input.stages
	some call in stage.calls["ssh-keyscan"]
	run := stage.runs[call.run]
	not compared(run)
	msg := sprintf("ssh-keyscan %s is believed without a comparison", [concat(" ", run.commands[call.command].args)])
}

compared(run) if {
	some command in run.commands
	command.program in {"ssh-keygen", "sha256sum", "diff", "cmp"}
}
