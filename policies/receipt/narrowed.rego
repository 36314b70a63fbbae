# METADATA
# title: Receipt of a check that was told to look away
# description: >-
#   Words of the command leave tests, packages or findings out. The check passed because it was not asked.
# custom:
#   severity: medium
#   cwe: [778]
#   remediation: Take the word out of the command, or give the receipt of a part a name of its own.
#   bad: |
#     {"_type": "https://in-toto.io/Statement/v1",
#      "subject": [{"name": "tree", "digest": {"gitTree": "4b825dc642cb6eb9a060e54bf8d69288fbee4904"}}],
#      "predicateType": "https://in-toto.io/attestation/test-result/v0.1",
#      "predicate": {"result": "PASSED", "configuration": [], "sallyportReceipt": {
#       "version": 1, "name": "clippy", "argv": ["cargo", "clippy", "-p", "ledger"], "exitCode": 0,
#       "started": "2026-11-20T10:00:00Z", "finished": "2026-11-20T10:01:00Z",
#       "tree": "4b825dc642cb6eb9a060e54bf8d69288fbee4904", "treeAfter": "4b825dc642cb6eb9a060e54bf8d69288fbee4904",
#       "counts": {"lints": true}}}}
#   good: |
#     {"_type": "https://in-toto.io/Statement/v1",
#      "subject": [{"name": "tree", "digest": {"gitTree": "4b825dc642cb6eb9a060e54bf8d69288fbee4904"}}],
#      "predicateType": "https://in-toto.io/attestation/test-result/v0.1",
#      "predicate": {"result": "PASSED", "configuration": [], "sallyportReceipt": {
#       "version": 1, "name": "clippy", "argv": ["cargo", "clippy", "--", "-D", "warnings", "-A", "clippy::too_many_arguments"], "exitCode": 0,
#       "environment": {"RUSTFLAGS": "-D warnings"},
#       "started": "2026-11-20T10:00:00Z", "finished": "2026-11-20T10:01:00Z",
#       "tree": "4b825dc642cb6eb9a060e54bf8d69288fbee4904", "treeAfter": "4b825dc642cb6eb9a060e54bf8d69288fbee4904",
#       "counts": {"lints": true}}}}
package policies.receipt.narrowed

deny contains {"at": ["command", "narrowed", i], "msg": msg} if {
	some i, word in input.command.narrowed
	not unproved
	not meant(word)
	msg := sprintf("%s %s", [word.name, word.reason])
}

# receipt/other_command speaks of a command that does not check at all.
unproved if {
	input.name in {"audit", "bench", "clippy", "deny", "fmt", "test"}
	not input.name in input.command.does
	not input.command.opaque
}

# A receipt of another name may be about a part: test-api.
meant(word) if {
	word.reason == "looks at a part alone"
	not input.name in {"audit", "bench", "clippy", "deny", "fmt", "test"}
}
