# METADATA
# title: Receipt is too old
# description: >-
#   A run tells about the tools, the dependencies and the advisories of its day. The same files may fail
#   today.
# custom:
#   severity: medium
#   parameters:
#     max_age_days:
#       description: How old a run may be, in days.
#       default: 7
#       stricter: lower
#     max_age_days_of:
#       description: "How old a run may be by its name, where that differs: bench = 30."
#       default: {}
#   remediation: Run the command again in the job that runs the gate.
#   bad: |
#     {"_type": "https://in-toto.io/Statement/v1",
#      "subject": [{"name": "tree", "digest": {"gitTree": "4b825dc642cb6eb9a060e54bf8d69288fbee4904"}}],
#      "predicateType": "https://in-toto.io/attestation/test-result/v0.1",
#      "predicate": {"result": "PASSED", "configuration": [], "sallyportReceipt": {
#       "version": 1, "name": "test", "argv": ["cargo", "test", "--workspace"], "exitCode": 0,
#       "started": "2026-10-01T10:00:00Z", "finished": "2026-10-01T10:01:00Z",
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
package policies.receipt.stale

deny contains {"at": ["finished"], "msg": msg} if {
	input.kind == "test"
	input.finished != ""
	age := time.now_ns() - time.parse_rfc3339_ns(input.finished)
	age > ((limit * 24) * 3600) * 1000000000
	days := floor(age / ((24 * 3600) * 1000000000))
	msg := sprintf("the run of %s is %d days old; at most %v are allowed", [input.finished, days, limit])
}

limit := object.get(data.parameters.receipt.stale.max_age_days_of, input.name, data.parameters.receipt.stale.max_age_days)
