# METADATA
# title: Linter leaves a warning or an error
# description: >-
#   The compiler or clippy says of a line that it is wrong, unsound or misleading. Warnings that stay hide those
#   that are new.
# custom:
#   severity: medium
#   cwe: [710]
#   equivalent: [clippy:warning]
#   parameters:
#     allowed:
#       description: Lints that may stay, by their names, such as clippy::too_many_arguments.
#       default: []
#   remediation: Change the code as the lint asks, or allow the lint at that place with a reason.
#   bad: |
#     {"reason":"compiler-message","package_id":"path+file:///src/app#0.1.0","manifest_path":"/src/app/Cargo.toml","message":{"message":"unneeded `return` statement","code":{"code":"clippy::needless_return"},"level":"warning","spans":[{"file_name":"src/main.rs","line_start":4,"line_end":4,"column_start":5,"column_end":16,"is_primary":true}]}}
#     {"reason":"compiler-artifact","package_id":"path+file:///src/app#0.1.0","manifest_path":"/src/app/Cargo.toml"}
#     {"reason":"build-finished","success":true}
#   good: |
#     {"reason":"compiler-artifact","package_id":"path+file:///src/app#0.1.0","manifest_path":"/src/app/Cargo.toml"}
#     {"reason":"build-finished","success":true}
package policies.scan.lint

import data.policies.lib.evidence

deny contains {"at": at, "msg": msg, "related": related} if {
	some i, result in input.results
	result.kind == "lint"
	not result.id in data.parameters.scan.lint.allowed
	[at, related] := evidence.place(i, result)
	msg := sprintf("%s: %s (%s)", [result.level, result.title, result.id])
}
