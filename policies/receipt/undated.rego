# METADATA
# title: Result without a date
# description: >-
#   The statement does not say when the tests ran, so nobody can tell whether it is old.
# custom:
#   severity: low
#   remediation: Write the result with sallyport run, which notes start and end.
#   bad: |
#     {"_type": "https://in-toto.io/Statement/v1",
#      "subject": [{"digest": {"gitTree": "4b825dc642cb6eb9a060e54bf8d69288fbee4904"}}],
#      "predicateType": "https://in-toto.io/attestation/test-result/v0.1",
#      "predicate": {"result": "PASSED", "configuration": [], "passedTests": ["transfers"]}}
#   good: |
#     {"_type": "https://in-toto.io/Statement/v1",
#      "subject": [{"name": "tree", "digest": {"gitTree": "4b825dc642cb6eb9a060e54bf8d69288fbee4904"}}],
#      "predicateType": "https://in-toto.io/attestation/test-result/v0.1",
#      "predicate": {"result": "PASSED", "configuration": [], "sallyportReceipt": {
#       "version": 1, "name": "test", "argv": ["cargo", "test", "--workspace"], "exitCode": 0,
#       "started": "2026-11-20T10:00:00Z", "finished": "2026-11-20T10:01:00Z",
#       "tree": "4b825dc642cb6eb9a060e54bf8d69288fbee4904", "treeAfter": "4b825dc642cb6eb9a060e54bf8d69288fbee4904",
#       "counts": {"tests": true, "passed": 12}}}}
package policies.receipt.undated

deny contains {"at": ["finished"], "msg": "the statement does not say when the run ended"} if {
	input.kind == "test"
	input.finished == ""
}
