# METADATA
# title: Receipt about other files than those that are judged
# description: >-
#   The content of the tree was not what it is now. What the run proved of other files says nothing
#   about these.
# custom:
#   severity: high
#   cwe: [345]
#   equivalent: [conforma:test_attestation.subject_mismatch]
#   remediation: Run the command again on the files as they are; write reports to .sallyport or where git ignores them.
#   bad: |
#     {"_type": "https://in-toto.io/Statement/v1",
#      "subject": [{"name": "tree", "digest": {"gitTree": "649a3ea3fa23de4ae3cc2710ab272b0ee194bc46"}}],
#      "predicateType": "https://in-toto.io/attestation/test-result/v0.1",
#      "predicate": {"result": "PASSED", "configuration": [], "sallyportReceipt": {
#       "version": 1, "name": "test", "argv": ["cargo", "test", "--workspace"], "exitCode": 0,
#       "started": "2026-11-20T10:00:00Z", "finished": "2026-11-20T10:01:00Z",
#       "tree": "649a3ea3fa23de4ae3cc2710ab272b0ee194bc46", "treeAfter": "649a3ea3fa23de4ae3cc2710ab272b0ee194bc46",
#       "counts": {"tests": true, "passed": 12}}}}
#   good: |
#     {"_type": "https://in-toto.io/Statement/v1",
#      "subject": [{"name": "tree", "digest": {"gitTree": "4b825dc642cb6eb9a060e54bf8d69288fbee4904"}}],
#      "predicateType": "https://in-toto.io/attestation/test-result/v0.1",
#      "predicate": {"result": "PASSED", "configuration": [], "sallyportReceipt": {
#       "version": 1, "name": "test", "argv": ["cargo", "test", "--workspace"], "exitCode": 0,
#       "started": "2026-11-20T10:00:00Z", "finished": "2026-11-20T10:01:00Z",
#       "tree": "4b825dc642cb6eb9a060e54bf8d69288fbee4904", "treeAfter": "4b825dc642cb6eb9a060e54bf8d69288fbee4904",
#       "counts": {"tests": true, "passed": 12}}}}
package policies.receipt.other_tree

deny contains {"at": ["source", "same"], "msg": msg} if {
	input.kind == "test"
	input.source.same == "no"
	msg := sprintf("the run is about %s, and %s is judged", [theirs, ours])
}

theirs := sprintf("tree %s", [substring(input.source.tree, 0, 12)]) if input.source.tree != ""

theirs := sprintf("commit %s", [substring(input.source.commit, 0, 12)]) if input.source.tree == ""

ours := sprintf("tree %s", [substring(input.source.judged.tree, 0, 12)]) if input.source.tree != ""

ours := sprintf("commit %s", [substring(input.source.judged.commit, 0, 12)]) if {
	input.source.tree == ""
	not input.source.judged.dirty
}

ours := sprintf("a tree that differs from commit %s", [substring(input.source.judged.commit, 0, 12)]) if {
	input.source.tree == ""
	input.source.judged.dirty
}
