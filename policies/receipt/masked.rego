# METADATA
# title: Receipt whose exit code is not that of the check
# description: >-
#   Something besides the check decides how the command ends: || true, another command behind a semicolon, a pipe, a trap, a
#   function of the same name, -A warnings. The check may have failed, or not have run.
# custom:
#   severity: high
#   cwe: [393, 345]
#   remediation: Let the check be the last word of the command, or use set -euo pipefail.
#   bad: |
#     {"_type": "https://in-toto.io/Statement/v1",
#      "subject": [{"name": "tree", "digest": {"gitTree": "4b825dc642cb6eb9a060e54bf8d69288fbee4904"}}],
#      "predicateType": "https://in-toto.io/attestation/test-result/v0.1",
#      "predicate": {"result": "PASSED", "configuration": [], "sallyportReceipt": {
#       "version": 1, "name": "test", "argv": ["sh", "-c", "cargo test || true"], "exitCode": 0,
#       "started": "2026-11-20T10:00:00Z", "finished": "2026-11-20T10:01:00Z",
#       "tree": "4b825dc642cb6eb9a060e54bf8d69288fbee4904", "treeAfter": "4b825dc642cb6eb9a060e54bf8d69288fbee4904",
#       "counts": {"tests": true, "passed": 12}}}}
#   good: |
#     {"_type": "https://in-toto.io/Statement/v1",
#      "subject": [{"name": "tree", "digest": {"gitTree": "4b825dc642cb6eb9a060e54bf8d69288fbee4904"}}],
#      "predicateType": "https://in-toto.io/attestation/test-result/v0.1",
#      "predicate": {"result": "PASSED", "configuration": [], "sallyportReceipt": {
#       "version": 1, "name": "test", "argv": ["bash", "-euo", "pipefail", "-c", "cargo test | tee test.log; echo done"], "exitCode": 0,
#       "started": "2026-11-20T10:00:00Z", "finished": "2026-11-20T10:01:00Z",
#       "tree": "4b825dc642cb6eb9a060e54bf8d69288fbee4904", "treeAfter": "4b825dc642cb6eb9a060e54bf8d69288fbee4904",
#       "counts": {"tests": true, "passed": 12}}}}
package policies.receipt.masked

deny contains {"at": ["command", "masked", i], "msg": sprintf("the exit code proves nothing: %s", [reason])} if {
	some i, reason in input.command.masked
}
