# METADATA
# title: Key is trusted for every repository
# description: >-
#   A key that apt-key adds may sign packages of any repository, the distribution's own among them.
#   apt-key is deprecated for that reason, and gone from Debian 13.
# related_resources:
#   - https://manpages.debian.org/bookworm/apt/apt-key.8.en.html
# custom:
#   severity: medium
#   cwe: [295]
#   equivalent:
#     - cis-docker:4.11
#   remediation: Put the key into /etc/apt/keyrings and name it with signed-by in the source.
#   bad: |
#     FROM debian:12
#     RUN curl -fsSL https://example.com/key.asc | apt-key add -
#     RUN curl -fsSL https://example.com/key.asc | gpg --dearmor > /etc/apt/trusted.gpg.d/example.gpg
#   good: |
#     FROM debian:12
#     COPY example.gpg /etc/apt/keyrings/example.gpg
#     RUN echo "deb [signed-by=/etc/apt/keyrings/example.gpg] https://example.com/apt stable main" > /etc/apt/sources.list.d/example.list \
#         && apt-key list && ls /etc/apt/trusted.gpg.d && rm -f /etc/apt/trusted.gpg.d/old.gpg
package policies.dockerfile.apt_key

deny contains {"at": ["stages", i, "runs", call.run, "commands", call.command], "msg": msg} if {
	some i, stage in input.stages
	some call in stage.calls["apt-key"]
	some action in stage.runs[call.run].commands[call.command].args
	action in {"add", "adv"}
	msg := sprintf("apt-key %s trusts a key for every repository", [action])
}

# apt takes every key in these files for every repository, but for those with signed-by.
everywhere(file) if startswith(file, "/etc/apt/trusted.gpg")

writers := ["curl", "wget", "gpg", "gpg2", "tee", "cp", "mv", "install", "cat", "echo"]

deny contains {"at": ["stages", i, "runs", call.run, "commands", call.command], "msg": msg} if {
	some i, stage in input.stages
	some program in writers
	some call in stage.calls[program]
	some file in written(stage.runs[call.run].commands[call.command])
	everywhere(file)
	msg := sprintf("the key in %s is trusted for every repository", [file])
}

deny contains {"at": ["stages", i, "copies", j], "msg": msg} if {
	some i, stage in input.stages
	some j, copy in stage.copies
	everywhere(copy.path)
	msg := sprintf("the key in %s is trusted for every repository", [copy.path])
}

written(command) := {r.target | some r in command.redirects; r.op != "<"} | named(command)

named(command) := {last} if {
	command.program in {"cp", "mv", "install"}
	last := command.args[count(command.args) - 1]
} else := {trim_prefix(a, "--output=") | some a in command.args; not command.program in {"cat", "echo"}}
