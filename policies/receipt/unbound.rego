# METADATA
# title: Result that does not say what was tested
# description: >-
#   The subject is neither a tree nor a commit of git. The result may be that of any version, and cannot
#   be held against the one that is judged.
# custom:
#   severity: medium
#   cwe: [345]
#   remediation: Write the result with sallyport run, or name gitTree or gitCommit in the subject's digest.
#   bad: |
#     {"_type": "https://in-toto.io/Statement/v1",
#      "subject": [{"name": "ledger", "digest": {"sha256": "5678"}}],
#      "predicateType": "https://in-toto.io/attestation/test-result/v0.1",
#      "predicate": {"result": "PASSED", "configuration": [], "passedTests": ["transfers"]}}
#   good: |
#     {"_type": "https://in-toto.io/Statement/v1",
#      "subject": [{"digest": {"gitTree": "4b825dc642cb6eb9a060e54bf8d69288fbee4904"}}],
#      "predicateType": "https://in-toto.io/attestation/test-result/v0.1",
#      "predicate": {"result": "PASSED", "configuration": [], "passedTests": ["transfers"]}}
package policies.receipt.unbound

deny contains {"at": ["subjects"], "msg": msg} if {
	input.kind == "test"
	input.source.tree == ""
	input.source.commit == ""
	msg := sprintf("the result is about %s, and names neither a tree nor a commit", [concat(", ", [s.name | some s in input.subjects])])
}
