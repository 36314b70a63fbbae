# METADATA
# title: Receipt of a tool that is too old
# description: >-
#   An older tool knows fewer lints, advisories and defects of the language. A run with it proves less.
# custom:
#   severity: medium
#   cwe: [1104]
#   parameters:
#     minimum:
#       description: 'The least version of each tool by its name in the receipt: { cargo = "1.85.0", cargo-clippy = "0.1.85" }.'
#       default: {}
#       example: {cargo: 1.85.0}
#   remediation: Upgrade the tool, in rust-toolchain.toml where it is Rust's, and run the command again.
#   bad: |
#     {"_type": "https://in-toto.io/Statement/v1",
#      "subject": [{"name": "tree", "digest": {"gitTree": "4b825dc642cb6eb9a060e54bf8d69288fbee4904"}}],
#      "predicateType": "https://in-toto.io/attestation/test-result/v0.1",
#      "predicate": {"result": "PASSED", "configuration": [], "sallyportReceipt": {
#       "version": 1, "name": "test", "argv": ["cargo", "test", "--workspace"], "exitCode": 0,
#       "started": "2026-11-20T10:00:00Z", "finished": "2026-11-20T10:01:00Z",
#       "tools": [{"name": "cargo", "version": "1.70.0"}],
#       "tree": "4b825dc642cb6eb9a060e54bf8d69288fbee4904", "treeAfter": "4b825dc642cb6eb9a060e54bf8d69288fbee4904",
#       "counts": {"tests": true, "passed": 12}}}}
#   good: |
#     {"_type": "https://in-toto.io/Statement/v1",
#      "subject": [{"name": "tree", "digest": {"gitTree": "4b825dc642cb6eb9a060e54bf8d69288fbee4904"}}],
#      "predicateType": "https://in-toto.io/attestation/test-result/v0.1",
#      "predicate": {"result": "PASSED", "configuration": [], "sallyportReceipt": {
#       "version": 1, "name": "test", "argv": ["cargo", "test", "--workspace"], "exitCode": 0,
#       "started": "2026-11-20T10:00:00Z", "finished": "2026-11-20T10:01:00Z",
#       "tools": [{"name": "cargo", "version": "1.90.0"}, {"name": "clippy", "version": ""}],
#       "tree": "4b825dc642cb6eb9a060e54bf8d69288fbee4904", "treeAfter": "4b825dc642cb6eb9a060e54bf8d69288fbee4904",
#       "counts": {"tests": true, "passed": 12}}}}
package policies.receipt.tool_old

deny contains {"at": ["tools", i, "version"], "msg": msg} if {
	some i, tool in input.tools
	tool.semver
	least := data.parameters.receipt.tool_old.minimum[tool.name]
	semver.compare(tool.version, least) < 0
	msg := sprintf("%s is %s, and at least %s is wanted", [tool.name, tool.version, least])
}

deny contains {"at": ["tools", i, "version"], "msg": msg} if {
	some i, tool in input.tools
	not tool.semver
	least := data.parameters.receipt.tool_old.minimum[tool.name]
	msg := sprintf("the version %q of %s cannot be compared, and at least %s is wanted", [tool.version, tool.name, least])
}
