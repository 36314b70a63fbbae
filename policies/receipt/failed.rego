# METADATA
# title: Evidence says that it failed
# description: >-
#   A receipt of a command that failed, or a result of tests of which some failed. What it was to prove
#   is disproved.
# custom:
#   severity: high
#   equivalent:
#     - conforma:test_attestation.no_failed_tests
#     - conforma:test_attestation.no_erred_test_attestations
#   remediation: Correct what failed, and run the command again.
#   bad: |
#     {"_type": "https://in-toto.io/Statement/v1",
#      "subject": [{"name": "tree", "digest": {"gitTree": "4b825dc642cb6eb9a060e54bf8d69288fbee4904"}}],
#      "predicateType": "https://in-toto.io/attestation/test-result/v0.1",
#      "predicate": {"result": "FAILED", "configuration": [], "sallyportReceipt": {
#       "version": 1, "name": "test", "argv": ["cargo", "test", "--workspace"], "exitCode": 101,
#       "started": "2026-11-20T10:00:00Z", "finished": "2026-11-20T10:01:00Z",
#       "tree": "4b825dc642cb6eb9a060e54bf8d69288fbee4904", "treeAfter": "4b825dc642cb6eb9a060e54bf8d69288fbee4904",
#       "counts": {"tests": true, "passed": 11, "failed": 1}}}}
#   good: |
#     {"_type": "https://in-toto.io/Statement/v1",
#      "subject": [{"name": "tree", "digest": {"gitTree": "4b825dc642cb6eb9a060e54bf8d69288fbee4904"}}],
#      "predicateType": "https://in-toto.io/attestation/test-result/v0.1",
#      "predicate": {"result": "PASSED", "configuration": [], "sallyportReceipt": {
#       "version": 1, "name": "test", "argv": ["cargo", "test", "--workspace"], "exitCode": 0,
#       "started": "2026-11-20T10:00:00Z", "finished": "2026-11-20T10:01:00Z",
#       "tree": "4b825dc642cb6eb9a060e54bf8d69288fbee4904", "treeAfter": "4b825dc642cb6eb9a060e54bf8d69288fbee4904",
#       "counts": {"tests": true, "passed": 12}}}}
package policies.receipt.failed

deny contains {"at": ["result"], "msg": msg} if {
	input.result == "failed"
	msg := sprintf("%s failed%s", [subject, reason])
}

subject := input.name if input.name != ""

subject := "the run" if input.name == ""

reason := sprintf(": it was ended by %s", [input.command.signal]) if input.command.signal != ""

reason := sprintf(" with exit code %d%s", [input.command.exit_code, tests]) if {
	input.command.known
	input.command.signal == ""
}

reason := tests if not input.command.known

tests := sprintf(": %d of %d tests", [input.counts.failed, input.counts.failed + input.counts.passed]) if input.counts.failed > 0

tests := "" if input.counts.failed == 0
