# METADATA
# title: Receipt whose command does not show what ran
# description: >-
#   A make target or a script may do anything under this name, also nothing, and a change of it does not
#   show in the receipt.
# custom:
#   severity: low
#   remediation: Run the check itself under sallyport run, also from within the script.
#   bad: |
#     {"_type": "https://in-toto.io/Statement/v1",
#      "subject": [{"name": "tree", "digest": {"gitTree": "4b825dc642cb6eb9a060e54bf8d69288fbee4904"}}],
#      "predicateType": "https://in-toto.io/attestation/test-result/v0.1",
#      "predicate": {"result": "PASSED", "configuration": [], "sallyportReceipt": {
#       "version": 1, "name": "clippy", "argv": ["make", "lint"], "exitCode": 0,
#       "started": "2026-11-20T10:00:00Z", "finished": "2026-11-20T10:01:00Z",
#       "tree": "4b825dc642cb6eb9a060e54bf8d69288fbee4904", "treeAfter": "4b825dc642cb6eb9a060e54bf8d69288fbee4904",
#       "counts": {}}}}
#   good: |
#     {"_type": "https://in-toto.io/Statement/v1",
#      "subject": [{"name": "tree", "digest": {"gitTree": "4b825dc642cb6eb9a060e54bf8d69288fbee4904"}}],
#      "predicateType": "https://in-toto.io/attestation/test-result/v0.1",
#      "predicate": {"result": "PASSED", "configuration": [], "sallyportReceipt": {
#       "version": 1, "name": "clippy", "argv": ["cargo", "clippy"], "exitCode": 0,
#       "started": "2026-11-20T10:00:00Z", "finished": "2026-11-20T10:01:00Z",
#       "tree": "4b825dc642cb6eb9a060e54bf8d69288fbee4904", "treeAfter": "4b825dc642cb6eb9a060e54bf8d69288fbee4904",
#       "counts": {"lints": true}}}}
package policies.receipt.opaque_command

deny contains {"at": ["command", "argv"], "msg": msg} if {
	input.command.opaque
	input.name in {"audit", "bench", "clippy", "deny", "fmt", "test"}
	not input.name in input.command.does
	msg := sprintf("%q does not show that %s ran", [concat(" ", input.command.argv), input.name])
}
