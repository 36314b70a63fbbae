# METADATA
# title: Check without a receipt
# description: >-
#   The configuration names runs that must be there, and none of this name is. A check that did not run
#   found nothing.
# custom:
#   severity: high
#   non_negotiable: true
#   parameters:
#     required:
#       description: "Names of the runs that must be there; [evidence.receipt] required = [...] adds to them."
#       default: []
#       example: [clippy, test]
#   remediation: Run the check under sallyport run --as NAME before the gate, in the same checkout.
#   bad: |
#     -- .sallyport/receipts/test.json --
#     {"_type": "https://in-toto.io/Statement/v1",
#      "subject": [{"name": "tree", "digest": {"gitTree": "4b825dc642cb6eb9a060e54bf8d69288fbee4904"}}],
#      "predicateType": "https://in-toto.io/attestation/test-result/v0.1",
#      "predicate": {"result": "PASSED", "configuration": [], "sallyportReceipt": {
#       "version": 1, "name": "test", "argv": ["cargo", "test", "--workspace"], "exitCode": 0,
#       "started": "2026-11-20T10:00:00Z", "finished": "2026-11-20T10:01:00Z",
#       "tree": "4b825dc642cb6eb9a060e54bf8d69288fbee4904", "treeAfter": "4b825dc642cb6eb9a060e54bf8d69288fbee4904",
#       "counts": {"tests": true, "passed": 12}}}}
#   good: |
#     -- .sallyport/receipts/test.json --
#     {"_type": "https://in-toto.io/Statement/v1",
#      "subject": [{"name": "tree", "digest": {"gitTree": "4b825dc642cb6eb9a060e54bf8d69288fbee4904"}}],
#      "predicateType": "https://in-toto.io/attestation/test-result/v0.1",
#      "predicate": {"result": "PASSED", "configuration": [], "sallyportReceipt": {
#       "version": 1, "name": "test", "argv": ["cargo", "test", "--workspace"], "exitCode": 0,
#       "started": "2026-11-20T10:00:00Z", "finished": "2026-11-20T10:01:00Z",
#       "tree": "4b825dc642cb6eb9a060e54bf8d69288fbee4904", "treeAfter": "4b825dc642cb6eb9a060e54bf8d69288fbee4904",
#       "counts": {"tests": true, "passed": 12}}}}
#     -- .sallyport/receipts/clippy.json --
#     {"_type": "https://in-toto.io/Statement/v1",
#      "subject": [{"name": "tree", "digest": {"gitTree": "4b825dc642cb6eb9a060e54bf8d69288fbee4904"}}],
#      "predicateType": "https://in-toto.io/attestation/test-result/v0.1",
#      "predicate": {"result": "PASSED", "configuration": [], "sallyportReceipt": {
#       "version": 1, "name": "clippy", "argv": ["cargo", "clippy"], "exitCode": 0,
#       "started": "2026-11-20T10:00:00Z", "finished": "2026-11-20T10:01:00Z",
#       "tree": "4b825dc642cb6eb9a060e54bf8d69288fbee4904", "treeAfter": "4b825dc642cb6eb9a060e54bf8d69288fbee4904",
#       "counts": {"lints": true}}}}
package policies.project.receipt_missing

deny contains {"at": anchors[0], "msg": msg} if {
	some name in data.parameters.project.receipt_missing.required
	not name in names
	msg := sprintf("no receipt is of %q, and the configuration requires one; there is %s", [name, there])
}

names contains receipt.name if {
	some receipt in input.receipt
	receipt.command.known
}

there := concat(", ", [sprintf("%q", [name]) | some name in names]) if count(names) > 0

there := "none of sallyport run" if count(names) == 0

# Where there is no receipt at all, the first document of another kind stands for the tree.
anchors := array.flatten([
	[["receipt", i] | some i, _ in input.receipt], [["cargo_lock", i] | some i, _ in input.cargo_lock],
	[["cargo_manifest", i] | some i, _ in input.cargo_manifest], [["dockerfile", i] | some i, _ in input.dockerfile],
	[["kubernetes", i] | some i, _ in input.kubernetes], [["compose", i] | some i, _ in input.compose],
	[["systemd", i] | some i, _ in input.systemd], [["workflow", i] | some i, _ in input.workflow],
	[["scan", i] | some i, _ in input.scan], [["firewall", i] | some i, _ in input.firewall],
	[["image", i] | some i, _ in input.image], [["env_file", i] | some i, _ in input.env_file],
])
