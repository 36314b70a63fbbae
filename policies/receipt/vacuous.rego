# METADATA
# title: Check that shows nothing of what it looked at
# description: >-
#   The command succeeded without one test: a filter, a wrong folder or a feature left all of them out. Or its output does not
#   show that the check ran at all.
# custom:
#   severity: high
#   equivalent: [conforma:test_attestation.test_data_found]
#   remediation: Run the command so that it finds the tests and says so, or take the receipt away.
#   bad: |
#     {"_type": "https://in-toto.io/Statement/v1",
#      "subject": [{"name": "tree", "digest": {"gitTree": "4b825dc642cb6eb9a060e54bf8d69288fbee4904"}}],
#      "predicateType": "https://in-toto.io/attestation/test-result/v0.1",
#      "predicate": {"result": "PASSED", "configuration": [], "sallyportReceipt": {
#       "version": 1, "name": "test", "argv": ["cargo", "test", "no_such_test"], "exitCode": 0,
#       "started": "2026-11-20T10:00:00Z", "finished": "2026-11-20T10:01:00Z",
#       "tree": "4b825dc642cb6eb9a060e54bf8d69288fbee4904", "treeAfter": "4b825dc642cb6eb9a060e54bf8d69288fbee4904",
#       "counts": {"tests": true, "passed": 0, "ignored": 0}}}}
#   good: |
#     {"_type": "https://in-toto.io/Statement/v1",
#      "subject": [{"name": "tree", "digest": {"gitTree": "4b825dc642cb6eb9a060e54bf8d69288fbee4904"}}],
#      "predicateType": "https://in-toto.io/attestation/test-result/v0.1",
#      "predicate": {"result": "PASSED", "configuration": [], "sallyportReceipt": {
#       "version": 1, "name": "test", "argv": ["cargo", "test", "--workspace"], "exitCode": 0,
#       "started": "2026-11-20T10:00:00Z", "finished": "2026-11-20T10:01:00Z",
#       "tree": "4b825dc642cb6eb9a060e54bf8d69288fbee4904", "treeAfter": "4b825dc642cb6eb9a060e54bf8d69288fbee4904",
#       "counts": {"tests": true, "passed": 12}}}}
package policies.receipt.vacuous

deny contains {"at": ["counts"], "msg": msg} if {
	input.kind == "test"
	input.counts.tests
	input.counts.passed + input.counts.failed == 0
	msg := sprintf("no test ran%s", [ignored])
}

deny contains {"at": ["tests"], "msg": "the result names no test"} if {
	input.kind == "test"
	not input.command.known
	not input.counts.tests
}

deny contains {"at": ["counts"], "msg": "the output of cargo does not tell of one test: something else ran, or it was led elsewhere"} if {
	input.name == "test"
	input.result != "failed"
	"test" in input.command.tells
	not input.counts.tests
}

deny contains {"at": ["counts"], "msg": "the output of clippy does not tell whether there were warnings: leave --quiet out, or have it fail with -D warnings"} if {
	input.name == "clippy"
	input.result == "passed"
	"clippy" in input.command.tells
	not input.counts.lints
	not input.command.denies
}

ignored := sprintf(": %d were ignored", [input.counts.ignored]) if input.counts.ignored > 0

ignored := "" if input.counts.ignored == 0
