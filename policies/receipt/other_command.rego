# METADATA
# title: Receipt whose command is not what it claims
# description: >-
#   The receipt carries the name of a check, and the command is another one, or the check in a form that
#   checks nothing: cargo fmt without --check, cargo test --no-run.
# custom:
#   severity: high
#   cwe: [345]
#   remediation: Run the check itself, such as cargo fmt --all --check, under that name.
#   bad: |
#     {"_type": "https://in-toto.io/Statement/v1",
#      "subject": [{"name": "tree", "digest": {"gitTree": "4b825dc642cb6eb9a060e54bf8d69288fbee4904"}}],
#      "predicateType": "https://in-toto.io/attestation/test-result/v0.1",
#      "predicate": {"result": "PASSED", "configuration": [], "sallyportReceipt": {
#       "version": 1, "name": "clippy", "argv": ["cargo", "check"], "exitCode": 0,
#       "started": "2026-11-20T10:00:00Z", "finished": "2026-11-20T10:01:00Z",
#       "tree": "4b825dc642cb6eb9a060e54bf8d69288fbee4904", "treeAfter": "4b825dc642cb6eb9a060e54bf8d69288fbee4904",
#       "counts": {}}}}
#   good: |
#     {"_type": "https://in-toto.io/Statement/v1",
#      "subject": [{"name": "tree", "digest": {"gitTree": "4b825dc642cb6eb9a060e54bf8d69288fbee4904"}}],
#      "predicateType": "https://in-toto.io/attestation/test-result/v0.1",
#      "predicate": {"result": "PASSED", "configuration": [], "sallyportReceipt": {
#       "version": 1, "name": "clippy", "argv": ["sh", "-ec", "cd crates/ledger; cargo +1.90.0 clippy -- -D warnings"], "exitCode": 0,
#       "started": "2026-11-20T10:00:00Z", "finished": "2026-11-20T10:01:00Z",
#       "tree": "4b825dc642cb6eb9a060e54bf8d69288fbee4904", "treeAfter": "4b825dc642cb6eb9a060e54bf8d69288fbee4904",
#       "counts": {}}}}
package policies.receipt.other_command

deny contains {"at": ["command", "argv"], "msg": msg} if {
	input.command.known
	input.name in {"audit", "bench", "clippy", "deny", "fmt", "test"}
	not input.name in input.command.does
	not input.command.opaque
	msg := sprintf("%q is the receipt of %q%s", [input.name, concat(" ", input.command.argv), reason])
}

deny contains {"at": ["command", "argv"], "msg": msg} if {
	not input.name in {"audit", "bench", "clippy", "deny", "fmt", "test"}
	input.command.idle
	msg := sprintf("%q is the receipt of %q, which succeeds whatever the files are", [input.name, concat(" ", input.command.argv)])
}

reason := sprintf(": %s %s", [input.command.narrowed[0].name, input.command.narrowed[0].reason]) if count(input.command.narrowed) > 0

reason := sprintf(", which does not run %s", [input.name]) if count(input.command.narrowed) == 0
