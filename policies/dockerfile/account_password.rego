# METADATA
# title: Build sets a password
# description: >-
#   A password in an image is the same in every container, stands in the history where the command names
#   it, and an account without one is open to whoever gets as far as a login. Containers need none.
# related_resources:
#   - https://man7.org/linux/man-pages/man8/chpasswd.8.html
# custom:
#   severity: high
#   cwe: [259, 258]
#   equivalent:
#     - checkov:CKV2_DOCKER_17
#     - dockle:DKL-LI-0001
#   remediation: Leave accounts locked; log in with keys, or not at all.
#   bad: |
#     FROM debian:12
#     RUN echo 'root:docker' | chpasswd
#   good: |
#     FROM debian:12
#     RUN useradd --system --no-create-home app && passwd -l app && usermod -p '!' app && usermod -aG audio app
package policies.dockerfile.account_password

deny contains {"at": ["stages", i, "runs", call.run, "commands", call.command], "msg": msg} if {
	some i, stage in input.stages
	some call in stage.calls.chpasswd
	msg := "chpasswd sets the passwords of accounts"
}

deny contains {"at": ["stages", i, "runs", call.run, "commands", call.command], "msg": msg} if {
	some i, stage in input.stages
	some call in stage.calls.passwd
	command := stage.runs[call.run].commands[call.command]
	some option in command.args
	option in {"-d", "--delete"}
	msg := "passwd leaves an account without a password"
}

deny contains {"at": ["stages", i, "runs", call.run, "commands", call.command], "msg": msg} if {
	some i, stage in input.stages
	some program in ["useradd", "usermod"]
	some call in stage.calls[program]
	args := stage.runs[call.run].commands[call.command].args
	some n, option in args
	option in {"-p", "--password"}
	not args[n + 1] in {"!", "!!", "*", "x"}
	msg := sprintf("%s sets the password of an account", [program])
}
