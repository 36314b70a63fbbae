# METADATA
# title: Receipt from the future
# description: >-
#   The run has a date that has not come yet, or ended before it began. A wrong clock or a changed date
#   made it; its age cannot be relied on.
# custom:
#   severity: high
#   cwe: [367]
#   non_negotiable: true
#   remediation: Correct the clock of the machine, and run the command again.
#   bad: |
#     {"_type": "https://in-toto.io/Statement/v1",
#      "subject": [{"name": "tree", "digest": {"gitTree": "4b825dc642cb6eb9a060e54bf8d69288fbee4904"}}],
#      "predicateType": "https://in-toto.io/attestation/test-result/v0.1",
#      "predicate": {"result": "PASSED", "configuration": [], "sallyportReceipt": {
#       "version": 1, "name": "test", "argv": ["cargo", "test", "--workspace"], "exitCode": 0,
#       "started": "2027-10-01T10:00:00Z", "finished": "2027-10-01T10:01:00Z",
#       "tree": "4b825dc642cb6eb9a060e54bf8d69288fbee4904", "treeAfter": "4b825dc642cb6eb9a060e54bf8d69288fbee4904",
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
package policies.receipt.future_dated

deny contains {"at": ["finished"], "msg": msg} if {
	input.finished != ""

	# Clocks differ a little.
	time.parse_rfc3339_ns(input.finished) - time.now_ns() > 600 * 1000000000
	msg := sprintf("the date %s lies in the future", [input.finished])
}

deny contains {"at": ["started"], "msg": msg} if {
	input.finished != ""
	input.started != ""
	time.parse_rfc3339_ns(input.started) > time.parse_rfc3339_ns(input.finished)
	msg := sprintf("the run started at %s and ended before, at %s", [input.started, input.finished])
}
