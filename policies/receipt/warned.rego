# METADATA
# title: Evidence has warnings
# description: >-
#   The command succeeded and warned. Warnings that nobody must act on become many, and hide the one
#   that matters.
# custom:
#   severity: medium
#   equivalent: [conforma:test_attestation.no_test_warnings]
#   remediation: Correct the warnings, and have the command fail on them, as cargo clippy -- -D warnings does.
#   bad: |
#     {"_type": "https://in-toto.io/Statement/v1",
#      "subject": [{"name": "tree", "digest": {"gitTree": "4b825dc642cb6eb9a060e54bf8d69288fbee4904"}}],
#      "predicateType": "https://in-toto.io/attestation/test-result/v0.1",
#      "predicate": {"result": "WARNED", "configuration": [], "sallyportReceipt": {
#       "version": 1, "name": "clippy", "argv": ["cargo", "clippy"], "exitCode": 0,
#       "started": "2026-11-20T10:00:00Z", "finished": "2026-11-20T10:01:00Z",
#       "tree": "4b825dc642cb6eb9a060e54bf8d69288fbee4904", "treeAfter": "4b825dc642cb6eb9a060e54bf8d69288fbee4904",
#       "counts": {"lints": true, "warnings": 3}}}}
#   good: |
#     {"_type": "https://in-toto.io/Statement/v1",
#      "subject": [{"name": "tree", "digest": {"gitTree": "4b825dc642cb6eb9a060e54bf8d69288fbee4904"}}],
#      "predicateType": "https://in-toto.io/attestation/test-result/v0.1",
#      "predicate": {"result": "PASSED", "configuration": [], "sallyportReceipt": {
#       "version": 1, "name": "clippy", "argv": ["cargo", "clippy", "--", "-D", "warnings"], "exitCode": 0,
#       "started": "2026-11-20T10:00:00Z", "finished": "2026-11-20T10:01:00Z",
#       "tree": "4b825dc642cb6eb9a060e54bf8d69288fbee4904", "treeAfter": "4b825dc642cb6eb9a060e54bf8d69288fbee4904",
#       "counts": {"lints": true, "warnings": 0}}}}
package policies.receipt.warned

deny contains {"at": ["result"], "msg": msg} if {
	input.result == "warned"
	msg := sprintf("the run passed with %s", [what])
}

what := sprintf("%d warnings", [input.counts.warnings]) if input.counts.warnings > 0

what := "warnings" if input.counts.warnings == 0
